"""The decision sheet: per person and kind, each decision with its questions, its advice and what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from anwang.access.viewer import Viewer
from anwang.intake import rules
from anwang.intake.states import What
from anwang.matters.states import REFUSED
from anwang.rulebook import Advice
from anwang.rulebook.tables import Input

from .report import ReportPage, settled
from .words import of_code, said

FAMILY = "vulnerable_family"
ORDER = (What.VALIDITY, What.SCREENING, What.GRADE, What.CLASS, What.TRACK, What.JURISDICTION)
GRADING = (What.GRADE, What.CLASS)
FREE = {
    What.VALIDITY: (("valid", _lazy("有效")), ("invalid", _lazy("無效")), ("erroneous", _lazy("錯誤"))),
    What.TRACK: (("crisis", _lazy("危機家庭")), ("vulnerable", _lazy("脆弱家庭")), ("general", _lazy("一般家庭"))),
    What.JURISDICTION: (("here", _lazy("本縣市")), ("residence", _lazy("住居所地"))),
}


@dataclass(frozen=True)
class Question:
    name: str
    text: str
    value: str
    choices: tuple[tuple[str, str], ...]
    """(code, words); empty for a number."""
    is_next: bool
    """The question whose answer would settle most."""


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    advised: bool
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """One decision of a pair."""

    what: str
    title: str
    rule_id: str
    rule_from: str
    assumption: str
    questions: tuple[Question, ...]
    options: tuple[Option, ...]
    advice: str
    between: str
    """Floor and ceiling in words, while the answers leave it open."""
    reasons: tuple[str, ...]
    stands: str
    needs_reason: bool
    is_clear: bool
    """The answers settle what the rule advises."""


@dataclass(frozen=True)
class PairSheet:
    person_id: UUID
    name: str
    kind: str
    kind_text: str
    is_settled: bool
    owes_grade: bool
    """Dispatched before it was graded; grade and class are still asked for."""
    waits: bool
    outcome: str
    screened: str
    """The screening outcome that stands, empty while there is none."""
    asked: tuple[Asked, ...]

    @property
    def key(self) -> str:
        return f"{self.person_id}.{self.kind}"


def sheets(viewer: Viewer, page: ReportPage) -> tuple[PairSheet, ...]:
    """One sheet per pair of a report page."""
    with rules.one_book():
        standing, waits = standing_rows(viewer, page)
        names = {str(person.person_id): person.name for person in page.people}
        given = {(row["person_id"], row["kind"], row["rule_id"]): row["answers"] for row in page.rows["answers"]}
        return tuple(_pair(page, row, names, given, standing, waits) for row in page.rows["pairs"])


def standing_rows(
    viewer: Viewer, page: ReportPage
) -> tuple[dict[tuple[str, str], dict[str, dict[str, Any]]], set[tuple[str, str]]]:
    """The decisions that stand per pair, and the pairs whose not-opening still waits for a supervisor."""
    gone = {row["supersedes_id"] for row in page.rows["decisions"]}
    states = {row["about_id"]: row["state"] for row in page.rows["reviews"]}
    standing: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    waits = set()
    for row in page.rows["decisions"]:
        if row["id"] in gone or states.get(row["id"]) in REFUSED:
            continue
        standing.setdefault((row["person_id"], row["kind"]), {})[row["what"]] = row
        if row["what"] == What.NOT_OPEN and states.get(row["id"]) != "approved":
            waits.add((row["person_id"], row["kind"]))
    return standing, waits


def _pair(
    page: ReportPage, row: dict[str, Any], names: dict[str, str], given: dict[tuple[str, str, str], dict[str, str]],
    standing: dict[tuple[str, str], dict[str, dict[str, Any]]], waits: set[tuple[str, str]],
) -> PairSheet:  # fmt: skip
    key = (row["person_id"], row["kind"])
    mine = standing.get(key, {})
    owes = What.DISPATCH in mine and row["kind"] in rules.TABLES[What.GRADE] and not {*GRADING} <= mine.keys()
    whats = [what for what in (GRADING if owes else ORDER) if _is_decided(page, what, row["kind"])]
    return PairSheet(
        person_id=UUID(row["person_id"]),
        name=names.get(row["person_id"], _("姓名不詳")),
        kind=row["kind"],
        kind_text=of_code("case.kind", row["kind"], page.received_at),
        is_settled=settled(mine, key in waits),
        owes_grade=owes,
        waits=key in waits,
        outcome=_outcome(mine, page.received_at),
        screened=mine[What.SCREENING]["outcome"] if What.SCREENING in mine else "",
        asked=tuple(_asked(page, what, row, given, mine.get(what)) for what in whats),
    )


def _is_decided(page: ReportPage, what: What, kind: str) -> bool:
    """Screening, grades and classes where a rule gives them; the service track of families only."""
    if what == What.TRACK:
        return kind == FAMILY
    if what == What.SCREENING:
        return bool(rules.table_of(what, kind, page.received_at, page.county))
    return what not in (What.GRADE, What.CLASS) or kind in rules.TABLES[what]


def _outcome(mine: dict[str, dict[str, Any]], at: datetime) -> str:
    if dispatch := mine.get(What.DISPATCH):
        return _("已派案，案件%(number)s") % {"number": dispatch["case_number"]}
    if refusal := mine.get(What.NOT_OPEN):
        return _("不開案：%(why)s") % {"why": of_code("case.not_open_reasons", refusal["reason_code"], at)}
    if (validity := mine.get(What.VALIDITY)) and validity["outcome"] in ("duplicate", "same_event"):
        return _("併入先前的通報")
    return ""


def _asked(
    page: ReportPage, what: What, row: dict[str, Any], given: dict[tuple[str, str, str], dict[str, str]],
    stands: dict[str, Any] | None,
) -> Asked:  # fmt: skip
    at, county, kind = page.received_at, page.county, row["kind"]
    rule_id = rules.table_of(what, kind, at, county)
    answers = given.get((row["person_id"], kind, rule_id), {})
    known = {**answers}
    if what == What.SCREENING:
        known["kind"] = kind
    if what == What.JURISDICTION:
        known.setdefault("stage", "report")
    advice = rules.advise(rule_id, dict(known), at, county) if rule_id else None
    chosen = stands["outcome"] if stands else ""
    return Asked(
        what=what,
        title=_title(what, rule_id),
        rule_id=rule_id,
        rule_from=advice.from_.isoformat() if advice else "",
        assumption=said(advice.assumption) if advice and advice.assumption else "",
        questions=_questions(rule_id, known, advice, what, at, county),
        options=_options(what, advice, chosen),
        advice=said(advice.label) if advice else "",
        between=_between(advice),
        reasons=tuple(said(reason) for reason in advice.reasons) if advice else (),
        stands=_stands(stands, advice),
        needs_reason=bool(advice),
        is_clear=advice is not None and advice.outcome is not None,
    )


def _title(what: What, rule_id: str) -> str:
    """What is decided; for violence the class is how soon the victim is contacted, and says so."""
    title = rules.title_of(rule_id) if rule_id == rules.FIRST_CONTACT else None
    return said(title) if title else str(what.label)


def _questions(
    rule_id: str, answers: dict[str, Any], advice: Advice | None, what: What, at: datetime, county: str
) -> tuple[Question, ...]:
    hidden = {"kind"} | ({"stage"} if what == What.JURISDICTION else set())
    first = advice.asks[0].input if advice and advice.asks else ""
    yes_no = (("yes", _("是")), ("no", _("否")), ("unknown", _("不詳")))
    return tuple(
        Question(
            name=name,
            text=said(entry.ask),
            value=str(answers.get(name, "")),
            choices=yes_no if entry.type == "yes_no" else _choices(entry, at, county),
            is_next=name == first,
        )
        for name, entry in rules.asked_of(rule_id, at, county).items()
        if name not in hidden
    )


def _choices(entry: Input, at: datetime, county: str) -> tuple[tuple[str, str], ...]:
    """The results of the danger form are called as on the form in use when it was reported."""
    known = rules.danger_results(at, county) if entry.name == "danger_result" else {}
    return tuple((code, said(known[code]) if code in known else code) for code in entry.choices)


def _options(what: What, advice: Advice | None, chosen: str) -> tuple[Option, ...]:
    if advice is None:
        return tuple(Option(code, str(words), False, code == chosen) for code, words in FREE.get(what, ()))
    return tuple(
        Option(code, said(label), code == advice.outcome, code == chosen) for code, label in advice.labels.items()
    )


def _between(advice: Advice | None) -> str:
    if advice is None or advice.outcome is not None or not advice.ceiling or not advice.floor:
        return ""
    ends = {"floor": said(advice.labels[advice.floor]), "ceiling": said(advice.labels[advice.ceiling])}
    return _("最低%(floor)s，最高%(ceiling)s；問清楚前依最高處理") % ends


def _stands(row: dict[str, Any] | None, advice: Advice | None) -> str:
    if row is None:
        return ""
    label = said(advice.labels[row["outcome"]]) if advice and row["outcome"] in advice.labels else row["outcome"]
    free = {code: str(words) for entries in FREE.values() for code, words in entries}
    return _("%(what)s，%(who)s") % {"what": free.get(label, label), "who": row["by_name"] or ""}


def history(page: ReportPage) -> tuple[dict[str, Any], ...]:
    """Every decision there ever was, the latest first, in words."""
    with rules.one_book():
        names = {str(person.person_id): person.name for person in page.people}
        return tuple(_told(page, row, names) for row in reversed(page.rows["decisions"]))


def _told(page: ReportPage, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    labels = {
        entry.code: said(entry.label) for entry in rules.outcomes_of(row["rule_id"], page.received_at, page.county)
    }
    free = {code: str(words) for entries in FREE.values() for code, words in entries}
    free |= {"opened": _("開啟案件"), "joined": _("併入案件"), "duplicate": _("重複"), "same_event": _("同一事件"),
             "not_opened": of_code("case.not_open_reasons", row["reason_code"], page.received_at)}  # fmt: skip
    return row | {
        "name": names.get(row["person_id"], ""),
        "kind_text": of_code("case.kind", row["kind"], page.received_at),
        "what_text": _title(What(row["what"]), row["rule_id"]),
        "outcome_text": labels.get(row["outcome"]) or free.get(row["outcome"], row["outcome"]),
        "advised_text": labels.get(row["advised"], ""),
    }
