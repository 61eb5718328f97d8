"""安網: who answers for a family tonight, and what the next step is."""
