"""Why?: every clock, value, table and list with its source, for a day and a county."""
