"""Names of the events of referral, as `policy/events.yaml` knows them."""

BEGUN = "referral.begun"
ASKED_BACK, REPLIED = "referral.asked_back", "referral.replied"
TAKEN, GIVEN_BACK, CONTACTED = "referral.taken", "referral.given_back", "referral.contacted"
VISITED_TOGETHER, LOOKED_BACK = "referral.visited_together", "referral.looked_back"
CLOSED, GIVEN_UP = "referral.closed", "referral.given_up"
PLANNED, REFERRED, ACCEPTED, VOID = (
    "transition.planned", "transition.referred", "transition.accepted", "transition.void",
)  # fmt: skip
RELEASED, MOVED, TOLD, RELEASE_VOID = "release.received", "release.moved", "release.told", "release.void"
