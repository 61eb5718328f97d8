"""規則草案: write a change of a rule, ask the front line, approve it, count a year again under it."""
