"""Today: what I owe, by when, why, and the form that settles it."""
