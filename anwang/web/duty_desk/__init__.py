"""The duty desk: one page for the night, and what is noted on it."""
