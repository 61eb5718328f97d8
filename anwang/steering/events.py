"""Names of the events of this room, as `policy/events.yaml` knows them."""

QUESTION_ANSWERED = "steering.question_answered"
PROMISE_KEPT = "steering.promise_kept"
MEASURE_DONE = "steering.measure_done"
PLAN_HANDED_IN = "steering.plan_handed_in"
PLAN_AGREED = "steering.plan_agreed"
EFFECT_TOLD = "steering.effect_told"
SELF_SCORED = "steering.self_scored"
MOVED = "steering.moved"

STARTS = {
    # by what is owed
    "answer": "steering.question_asked",
    "promise": "steering.promised",
    "measure": "steering.measure_set",
    "plan": "steering.plan_asked",
    "self_score": "steering.assessment_called",
}
ENDS = {
    "answer": QUESTION_ANSWERED,
    "promise": PROMISE_KEPT,
    "measure": MEASURE_DONE,
    "effect": EFFECT_TOLD,
    "self_score": SELF_SCORED,
}
