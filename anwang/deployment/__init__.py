"""Centres, committees, hospitals and institutions: what is to be there, what is, what will be, and who says so."""
