"""Casework in the reader's words: labels of code lists, times, who is late. No statement is needed for any of it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang import rulebook
from anwang.cases.states import Phase
from anwang.foundation import clock, roc
from anwang.rulebook.problems import RulebookError, UnknownRule


def lang() -> roc.Lang:
    """The reader's language as the foundation names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def label(list_id: str, code: str) -> str:
    """The words of a code today; the code itself when the list does not know it (it was entered so)."""
    if not code:
        return ""
    try:
        return rulebook.book().codelist(list_id).on(clock.today())[code].label.to(lang())
    except (UnknownRule, RulebookError):
        return code


def labels(list_id: str) -> list[tuple[str, str]]:
    """Code and words of a list as it stands today, in its own order."""
    return [(one.code, one.label.to(lang())) for one in rulebook.book().codelist(list_id).on(clock.today())]


def says_health(kind: str) -> bool:
    """Whether a kind of case speaks health's own words: 收案／銷案, never 開案／結案 (GLOSSARY)."""
    try:
        return rulebook.book().codelist("case.kind").on(clock.today())[kind].marks.get("service_words") == "health"
    except (UnknownRule, RulebookError):
        return False


def phase_words(phase: str, kind: str) -> str:
    """Where a case stands, in the words of its service."""
    if not says_health(kind):
        return str(Phase(phase).label)
    return {
        Phase.INVESTIGATING: _("收案評估中"),
        Phase.ASSESSING: _("收案評估中"),
        Phase.UNDER_REVIEW: _("收案審查中"),
        Phase.OPENED: _("收案中"),
        Phase.CLOSING_REVIEW: _("銷案審查中"),
        Phase.AFTER_CARE: _("銷案後追蹤"),
        Phase.NOT_OPENED: _("不收案"),
        Phase.CLOSED: _("已銷案"),
    }.get(Phase(phase), str(Phase(phase).label))


def not_seen_reasons(*, looked_for: bool) -> list[tuple[str, str]]:
    """Why somebody whom a visit looked for was not seen; or (False) why he was not looked for at all."""
    found = rulebook.book().codelist("contact.not_seen_reason").on(clock.today())
    return [(one.code, one.label.to(lang())) for one in found if (one.marks.get("looked_for") != "no") == looked_for]


def rule_title(rule_id: str) -> str:
    """The name of a duty; for a step somebody set himself, the words of its code."""
    if rule_id.startswith("manual."):
        return label("manual.steps", rule_id.removeprefix("manual."))
    try:
        return rulebook.book().handle(rule_id).title.to(lang())
    except UnknownRule:
        return rule_id


def day(on: date | datetime | None) -> str:
    """A day as people here write it; empty for None."""
    if on is None:
        return ""
    local = clock.local(on).date() if isinstance(on, datetime) else on
    return roc.roc_date(local, clock.today(), lang())


def instant(at: datetime | None, *, deadline: bool = False) -> str:
    """An instant as people here write it; empty for None."""
    return roc.clock_time(at, clock.now(), lang(), deadline=deadline) if at else ""
