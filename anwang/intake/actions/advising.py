"""What the rules of the day say about the answers given so far."""

from __future__ import annotations

from anwang.access.viewer import Viewer
from anwang.intake import rules
from anwang.intake.models import Report
from anwang.intake.queries.standing import Pair, answers
from anwang.intake.states import What
from anwang.rulebook import Advice


def advice_for(report: Report, pair: Pair, what: str, county: str, by: Viewer) -> Advice | None:
    """What the rule of the day says about the answers given so far."""
    rule_id = rules.table_of(what, pair.kind, report.received_at, county)
    if not rule_id:
        return None
    given: dict[str, object] = dict(answers(by, report.id).get((pair.person_id, pair.kind, rule_id), {}))
    if what == What.SCREENING:
        given["kind"] = pair.kind
    if what == What.JURISDICTION:
        given.setdefault("stage", "report")
    return rules.advise(rule_id, given, report.received_at, county)
