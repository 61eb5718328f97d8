"""`make bench`: how many pages and reports a second, at which cost, beside the same SQL without the program."""
