"""Reading the front door. Results are flat and ready for a page."""
