"""Names of the events of this room, as `policy/events.yaml` knows them."""

INSTRUMENT_FILLED = "instrument.filled"
INSTRUMENT_JUDGED = "instrument.judged"
INSTRUMENT_FOLLOWED_UP = "instrument.followed_up"
