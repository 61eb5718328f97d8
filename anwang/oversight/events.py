"""What starts the clocks of this room, by the names of `policy/events.yaml`."""

OPENED = "oversight.opened"
ASKED = "oversight.asked"
