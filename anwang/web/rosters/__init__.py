"""The desk of rosters: which lists are expected, what came, what became of every child on them."""
