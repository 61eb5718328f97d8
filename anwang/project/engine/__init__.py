"""Django's PostgreSQL backend, but: a kept connection that died is seen, not asked; plans outlive refusals."""
