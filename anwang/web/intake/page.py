"""What the template of a report needs, beyond the report itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.cases.queries import Before
from anwang.foundation import clock
from anwang.intake.queries.earlier import relations
from anwang.intake.queries.receivers import Choice, Group, receivers
from anwang.intake.queries.report import Due, ReportPage
from anwang.intake.queries.sheet import Asked, PairSheet, history
from anwang.intake.rules import CHILD_PROTECTION, discharged_by
from anwang.intake.states import Repeat, What
from anwang.matters.queries import Deciders
from anwang.matters.states import ReviewOf, ReviewState
from anwang.web.shell.forms.codes import codes

SHOWN = 5
DUE = 3
NAMED = 4
"""A title names so many people; the others are counted."""
TO_A_SCREEN = 24
"""So many receivers are listed with every unit open; where there are more, units fold."""
ABOUT = ("child", "victim", "person")
CONTACT_MADE = "contact.made"
YES_NO = (("yes", _lazy("是")), ("no", _lazy("否")), ("unknown", _lazy("不詳")))
REFUSAL = (
    ("can_decide", _lazy("本人有決定能力？")),
    ("public_danger", _lazy("危及他人或公共安全？")),
    ("risk_assessed", _lazy("已完成危險評估並訂安全計畫？")),
    ("rights_told", _lazy("已告知權利、救濟和回來的路？")),
)


def context_of(
    request: HttpRequest,
    page: ReportPage,
    sheets: tuple[PairSheet, ...],
    before: tuple[Before, ...],
    typed: Mapping[str, str],
) -> dict[str, Any]:
    """Everything the page shows. Whether the viewer may act is asked once here, not in the template."""
    viewer = request.viewer
    again = _again(request.resolver_match.url_name or "", typed)
    persons = typed.getlist("persons") if isinstance(typed, QueryDict) else []
    may_screen = page.is_open and has(viewer, Permission.SCREEN)
    related = relations(page, again.get("relate", {}))
    may_dispatch = page.is_open and has(viewer, Permission.ASSIGN)
    former = _former(page, before, {one.id for one in related.later})
    of = {one.person_id: one.name for one in page.people}
    names = {row["id"]: of.get(UUID(row["person_id"]), "") for row in page.rows["decisions"]}
    return {
        "page": page,
        "rows": page.rows,
        "title": title_of(page),
        "sheets": [_typed(sheet, typed) for sheet in sheets],
        "before": former[:SHOWN],
        "before_more": former[SHOWN:],
        "looked": has(viewer, Permission.SEARCH_PEOPLE),
        "dispatches": _dispatches(request, page, sheets, again.get("dispatch", {}), persons) if may_dispatch else [],
        "again": again,
        "reviews": [_review(viewer, row, names) for row in page.rows["reviews"]],
        "may_screen": may_screen,
        "may_take_over": may_screen and not page.answering.is_there and not page.answering.is_viewer,
        "may_dispatch": may_dispatch,
        "may_review": page.is_open and has(viewer, Permission.REVIEW),
        "supervisors": page.rows["supervisors"],
        "earlier": related.earlier,
        "later": related.later,
        "unsure": [person.name for person in page.people if person.unsure] if may_screen else [],
        "due": first_due(page),
        "repeats": Repeat.choices,
        "yes_no": YES_NO,
        "grounds": codes("case.not_open_reasons"),
        "kinds": codes("case.kind"),
        "nobody": _kinds_without_anybody(page, sheets) if may_screen else "",
        "roles": codes("report.roles"),
        "notices": codes("notice.kind"),
        "history": history(page),
        "owes_second_look": any(due.rule_id == "report.second_look" for due in page.due),
        "now": clock.now(),
    }


def _kinds_without_anybody(page: ReportPage, sheets: tuple[PairSheet, ...]) -> str:
    """Kinds that were reported and as which nobody is looked at yet, in words."""
    looked_at = {sheet.kind for sheet in sheets}
    there = zip(page.rows["report"][0]["kinds"], page.kinds, strict=True)
    return _("、").join(words for kind, words in there if kind not in looked_at)


def _typed(sheet: PairSheet, typed: Mapping[str, str]) -> dict[str, Any]:
    """A pair with what was typed about it before a fault: nothing is lost by a refusal."""
    mine = typed if typed.get("pair") == sheet.key else {}
    asked = [_asked(one, mine) for one in sheet.asked]
    return {
        "s": sheet,
        "asked": asked,
        "typed": mine,
        "has_questions": any(one.questions for one in sheet.asked),
        "refusal": [{"name": name, "words": words, "typed": mine.get(name, "")} for name, words in REFUSAL],
    }


def _asked(asked: Asked, mine: Mapping[str, str]) -> dict[str, Any]:
    """One decision. `open` while its advice is not settled, or where something was just answered."""
    given = {name.removeprefix(f"{asked.what}-") for name in mine if name.startswith(f"{asked.what}-")}
    questions = [replace(one, value=mine.get(f"{asked.what}-{one.name}", one.value)) for one in asked.questions]
    return {
        "a": asked,
        "questions": questions,
        "open": not asked.is_clear or bool(given),
        "why": mine.get(f"why-{asked.what}", ""),
        "chosen": mine.get(asked.what, ""),
    }


def _again(acted: str, typed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What was typed into the form that was refused, under the name of that form; the other forms stay empty."""
    return {acted: {name.replace("-", "_"): value for name, value in typed.items()}} if typed else {}


def first_due(page: ReportPage) -> list[Due]:
    """The steps shown first: the most pressing, and every child that is to be seen in person."""
    seeing = discharged_by(CONTACT_MADE, page.received_at, page.county)
    return [*page.due[:DUE], *(due for due in page.due[DUE:] if due.whom and due.rule_id in seeing)]


def title_of(page: ReportPage) -> str:
    """The people it is about, as one sentence: the answer to "who?". A child who only heard it is one of them."""
    children = {UUID(row["person_id"]) for row in page.rows["pairs"] if row["kind"] == CHILD_PROTECTION}
    names = [one.name for one in page.people if one.role in ABOUT or one.person_id in children]
    if set(names) <= {_("姓名不詳")}:  # nobody is found again under that: a parent's name helps
        names += [one.name for one in page.people if one.name not in names]
    names = list(dict.fromkeys(names)) or [_("姓名不詳")]
    return _("、").join(names[:NAMED]) + (_("等%(n)d人") % {"n": len(names)} if len(names) > NAMED else "")


def _former(page: ReportPage, before: tuple[Before, ...], later: set[UUID]) -> list[dict[str, Any]]:
    """What was before, each file once with whom it is about; not what came later or grew out of this report."""
    own = {UUID(row["about_id"]) for row in page.rows["decisions"] if row["what"] == What.DISPATCH
           and row["outcome"] == "opened" and row["about_id"]}  # fmt: skip
    names = {one.person_id: one.name for one in page.people}
    files: dict[UUID, list[Before]] = {}
    for row in before:
        if row.matter_id not in own | later:
            files.setdefault(row.matter_id, []).append(row)
    return [
        {
            "b": rows[0],
            "who": _("、").join(dict.fromkeys(names[row.person_id] for row in rows if row.person_id in names)),
            "as_what": _("、").join(dict.fromkeys(row.as_what for row in rows if row.as_what)),
            "unseen": any(row.was_seen is False for row in rows),
        }
        for rows in files.values()
    ]


def _dispatches(
    request: HttpRequest, page: ReportPage, sheets: tuple[PairSheet, ...], again: Mapping[str, str], persons: list[str]
) -> list[dict[str, Any]]:
    """A form for each kind of case that is still to be given to somebody."""
    kinds = dict.fromkeys(sheet.kind for sheet in sheets if not sheet.is_settled)
    mine = {
        kind: [sheet for sheet in sheets if sheet.kind == kind and not sheet.is_settled and not sheet.waits]
        for kind in kinds
    }
    screened = {kind: [sheet.screened for sheet in found] for kind, found in mine.items() if found}
    whole = again.get("units") == "all"
    choices = receivers(request.viewer, page, screened, kept=again.get("to", ""), whole=whole)
    return [
        _dispatch(page, kind, mine[kind], choice, again if again.get("kind") == kind else {}, persons)
        for kind, choice in choices.items()
    ]


def _dispatch(
    page: ReportPage, kind: str, mine: list[PairSheet], choice: Choice, typed: Mapping[str, str], persons: list[str]
) -> dict[str, Any]:
    folded = {one.value for group in choice.others for one in group.receivers}
    to = typed.get("to", "")
    return {
        "kind": kind,
        "kind_text": mine[0].kind_text,
        "sheets": [(sheet, bool(typed) and str(sheet.person_id) in persons) for sheet in mine],
        "units": _units(choice.first, to),
        "others": _units(choice.others, to, first_open=False),
        "unlisted": choice.unlisted,
        "others_open": not choice.first or to in folded or typed.get("units") == "all",
        "typed": typed,
        "cases": [_case(page, row) for row in page.rows["cases"] if row["kind"] == kind],
    }


def _units(groups: tuple[Group, ...], to: str, *, first_open: bool = True) -> list[dict[str, Any]]:
    """The units to choose from. Where they would not fit on a screen each folds, but for the one that comes first and
    the one of which somebody was chosen before."""
    folds = sum(len(group.receivers) for group in groups) > TO_A_SCREEN
    return [
        {
            "g": group,
            "folds": folds,
            "open": (first_open and not n) or any(one.value == to for one in group.receivers),
            "people": sum(one.load is not None for one in group.receivers),
            "advised": any(one.advised for one in group.receivers),
        }
        for n, group in enumerate(groups)
    ]


def _case(page: ReportPage, row: dict[str, Any]) -> dict[str, Any]:
    """An open case the pairs may join: its unit, and who of this report it is about already."""
    english = (get_language() or "").startswith("en")
    names = [person.name for person in page.people if str(person.person_id) in row["persons"]]
    return row | {"unit": (english and row["unit_name_en"]) or row["unit_name"], "who": _("、").join(names)}


def _review(viewer: Viewer, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A submission, with the one person it decides about: a report has several."""
    name = names.get(row["about_id"] or "", "")
    what = str(ReviewOf(row["of"]).label)
    return row | {
        "of_text": f"{name}・{what}" if name else what,
        "state_text": str(ReviewState(row["state"]).label),
        "waits": row["state"] == "submitted",
        "deciders": Deciders.of(row["deciders"]),
        "mine": row["submitted_by"] == str(viewer.worker_id),
    }
