"""A PostgreSQL server of our own for the demonstration and the tests; production sets DATABASE_URL instead.

`binaries` finds the programs, `cluster` starts or joins a server, `keeper` is the process that owns it,
`tether` ties a child to its parent's life, `roles` makes the two log-ins.
"""
