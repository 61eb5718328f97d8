"""Papers with numbers and addressees, letters for the addressee's circle, printing."""
