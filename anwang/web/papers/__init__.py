"""The clerk's desk: papers in and out, letters, answers that came on paper."""
