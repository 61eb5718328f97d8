"""Django's PostgreSQL backend with one difference: whether a kept connection still lives is seen, not asked."""
