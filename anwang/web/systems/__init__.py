"""The desk of other systems: which there are, their tokens, how to talk to us."""
