"""A plan with a family: as it stands, line by line, agreed as a version, and on paper for one addressee."""
