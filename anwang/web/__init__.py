"""The pages: one package per desk, above every room. A page parses a form, asks one query or calls one action."""
