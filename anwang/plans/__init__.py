"""Plans with a family: what it needs and can, where it wants to go, who does what, and when all look again."""
