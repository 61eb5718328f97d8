"""The family page: who is in this family's life, who leads, what is next, as the viewer may know it."""
