"""Settings, commands, the embedded database server and the supervision of processes."""
