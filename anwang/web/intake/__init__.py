"""The intake desk: the queue, a new report, one report with its decisions."""
