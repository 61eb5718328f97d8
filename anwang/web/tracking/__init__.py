"""Pages of tracked decisions and of the line from a sentence to a number: tabs of 政策會議."""
