"""The desk of meetings, tracked decisions, urgent-case rooms and incident reviews."""
