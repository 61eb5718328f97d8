"""The form for everybody, without log-in."""
