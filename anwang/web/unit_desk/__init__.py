"""The unit: sign, choose a worker, review, answer, rule; late with causes before names; load with its definition."""
