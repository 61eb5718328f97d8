"""Events this room tells and hears."""

PLACEMENT_WANTED = "placement.wanted"
PLACE_FOUND = "placement.place_found"
PLACEMENT_ENDED = "placement.ended"
