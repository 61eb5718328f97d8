"""Finding people and the page of one person."""
