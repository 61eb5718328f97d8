"""布建: centres and other places by county and year, with every source."""
