"""`anwang roster`: loading lists of other authorities from files."""
