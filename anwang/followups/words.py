"""Schedules in the reader's words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from anwang.cases.words import lang
from anwang.followups.course import Opened
from anwang.followups.states import Came
from anwang.foundation import clock, roc
from anwang.rulebook.schedules import Schedule
from anwang.rulebook.text import Text
from anwang.rulebook.versions import Version

STATES = {
    Came.OPEN: "open", Came.MET: "done", Came.EFFORT: "done", Came.SHORT: "late", Came.CUT: "excused",
}  # fmt: skip
"""Shapes of the house: late only while nobody has said why."""


def text(said: Text) -> str:
    return said.to(lang())


def day(on: date) -> str:
    return roc.roc_date(on, clock.today(), lang())


def span(first: date, last: date) -> str:
    """1月31日（六）至2月28日（六）."""
    return _("%(first)s至%(last)s") % {"first": day(first), "last": day(last)}


def owed(contacts: int, in_person: int) -> str:
    """應聯繫4次，其中當面1次."""
    if in_person == contacts:
        return _("應當面訪視%(n)d次") % {"n": contacts}
    if in_person:
        return _("應聯繫%(n)d次，其中當面%(face)d次") % {"n": contacts, "face": in_person}
    return _("應聯繫%(n)d次") % {"n": contacts}


def done(window: Opened) -> str:
    """聯繫上3次，沒遇到或被拒3次: contacts and attempts apart."""
    if window.count.tries:
        return _("聯繫上%(n)d次，沒遇到或被拒%(tries)d次") % {
            "n": window.count.reached, "tries": window.count.tries
        }  # fmt: skip
    return _("聯繫上%(n)d次") % {"n": window.count.reached}


def title(version: Version[Schedule] | None, rule_id: str) -> str:
    return text(version.title) if version else rule_id


def blocked(version: Version[Schedule]) -> str:
    """Why nobody is put on this schedule: nobody set how often; the sentence says who must. Empty when it is set."""
    if version.content.is_set:
        return ""
    told = {"level": text(version.title), "who": text(version.content.set_by or version.content.owner)}
    return _("%(level)s多久訪視一次還沒有訂。請洽%(who)s訂定；其他級別不受影響。") % told
