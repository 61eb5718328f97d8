"""Names of the events of plans, as `policy/events.yaml` knows them."""

PLAN_SHARED = "plan.shared"
