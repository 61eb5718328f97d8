"""`anwang backup` and `anwang restore`: one file that says what it holds, its keys apart, and a drill (docs/adr/0071).

`making` and `restoring` are the two commands; `archive` is the file, `keysafe` the keys beside it, `content` what a
database holds, `programs` PostgreSQL's own pg_dump and pg_restore.
"""
