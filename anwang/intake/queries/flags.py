"""What must be seen before anything else: danger as it was said, small children, injuries, risks for colleagues."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from anwang.foundation.roc import PartialDate
from anwang.intake import rules
from anwang.intake.incoming import PersonIn
from anwang.people.words import risk_words


def flags_of(
    rows: dict[str, list[dict[str, Any]]], report: dict[str, Any], at: datetime, county: str
) -> tuple[str, ...]:
    """Danger as it was said (only what was answered yes), a small child, injuries, what a colleague must know."""
    labels = {
        "danger_now": _("現在有立即危險"),
        "child_alone": _("有兒少單獨在場"),
        "weapon": _("現場有武器"),
        "injured": _("有人受傷"),
    }
    said = {name for name in labels if report["urgency"].get(name) == "yes"}
    if any(row["injuries"] for row in rows["people"]):
        said.add("injured")
    limit = rules.whole("repeat.second_person_under_age", at, county)
    small = [row["name"] or _("姓名不詳") for row in rows["people"] if _is_under(row, limit, at)]
    found = [words for name, words in labels.items() if name in said]
    if small:
        found.append(_("有未滿%(age)d歲兒童：%(who)s") % {"age": limit, "who": "、".join(small[:3])})
    if is_high(report["urgency"].get("danger_result", ""), at, county):
        found.append(_("危險評估回報：%(result)s") % {"result": report["urgency"]["danger_result"]})
    for risk in rows["risks"]:
        pairs = _("（兩人同行）") if risk["go_in_pairs"] else ""
        found.append(_("%(who)s：%(risk)s") % {"who": risk["name"], "risk": risk_words(risk["kind"])} + pairs)
    return tuple(found)


def is_high(result: str, at: datetime, county: str) -> bool:
    """Whether the result written on a danger form says high. A bare score says nothing: no threshold is applied."""
    words = rules.danger_results(at, county).get("high")
    written = result.strip().casefold()
    return words is not None and written.startswith((words.zh, words.en.casefold()))


def _is_under(row: dict[str, Any], limit: int, at: datetime) -> bool:
    """Whether somebody in the report may be younger: by the birth date, or by the age that was said."""
    if row["is_unborn"] or row["role"] == "other_party":
        return False
    born = date.fromisoformat(row["born_earliest"]) if row["born_earliest"] else None
    birth = PartialDate(born.year, born.month, born.day) if born else None
    span = rules.ages(PersonIn(role=row["role"], birth=birth, age_text=row["age_text"]), rules.on_day(at))
    return span is not None and span[0] < limit
