"""Who looked: questions about readings, whether the record holds, and one's own readings."""
