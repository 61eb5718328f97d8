"""Names of the events of this room, as `policy/events.yaml` knows them."""

FOLLOWED = "decisions.followed"
RELAYED = "decisions.relayed"
RECEIVED = "decisions.received"
