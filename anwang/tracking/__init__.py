"""Decisions of official minutes as tracked matters, and the line from a sentence to what it changed."""
