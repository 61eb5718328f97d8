"""National size: stories played once by actions, then stamped many times by a set-based writer (docs/adr/0069)."""
