"""Official minutes: read as they are printed, with nothing lost and nothing guessed."""
