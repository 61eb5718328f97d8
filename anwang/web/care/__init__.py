"""The desk of mental health: who serves, compulsion, emergencies, leaving hospital, posts."""
