"""One's own account, coming in by it, and the administration's page of accounts."""
