"""Names of the events of this room, as `policy/events.yaml` knows them."""

POSTS_ASKED = "steering.posts_asked"
POSTS_DECIDED = "steering.posts_decided"
OWED = "posts"
"""What the fact `owed` says of a matter of this room."""
