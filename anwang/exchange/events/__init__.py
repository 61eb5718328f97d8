"""`POST /api/v1/events`: signed messages of other systems, each taken once."""
