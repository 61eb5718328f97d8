"""The desk of protection orders and shields."""
