"""Who may fill a form, judge it, replace it, and look at people against rules. Each answer is a Verdict."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.instruments import rules


def may_fill(viewer: Viewer, matter_id: UUID, zone: str) -> Verdict:
    """Whoever works on the file and reads the zone in which the answers will lie. Any network of the case may."""
    works = has(viewer, Permission.CASEWORK) or has(viewer, Permission.SCREEN)
    if viewer.service or (works and zone in writing_zones_of(viewer, matter_id)):
        return YES
    return no(_("你不在這個案件裡，不能填這張表。"))


class Filled(Protocol):
    """A filled form as far as policies ask: the row, or what a page has read of it."""

    @property
    def by_id(self) -> UUID | None: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def at(self) -> datetime: ...
    @property
    def county(self) -> str: ...


def may_replace(viewer: Viewer, fill: Filled, at: datetime) -> Verdict:
    """Only who filled it, or his supervisor, and only for some days; afterwards it is filled once more."""
    is_his = fill.by_id in viewer.acts_as
    heads = fill.unit_id in viewer.supervised_units
    if not (viewer.service or is_his or heads):
        return no(_("這張表只能由填表人或他的督導更正。你可以另外填一次。"))
    if at > rules.may_replace_until(fill.at, fill.county):
        return no(_("更正的期間過了。請另外填一次，兩次都會留著。"))
    return YES


def may_see_ledger(viewer: Viewer) -> Verdict:
    """Workers see their own differences; supervisors those of their units; heads numbers."""
    if has(viewer, Permission.CASEWORK) or has(viewer, Permission.FIGURES):
        return YES
    return no(_("調整紀錄給填表的同仁、督導和主管看。"))


def may_see_report(viewer: Viewer) -> Verdict:
    """The half-year report: supervisors and heads of the county's own units. The database asks the same again."""
    if has(viewer, Permission.FIGURES):
        return YES
    return no(_("半年報由督導和主管查閱。需要數字請洽主管。"))


def may_publish(viewer: Viewer) -> Verdict:
    """Whoever keeps the system, or supervises: the text of a form is nobody's secret."""
    if viewer.service or has(viewer, Permission.ADMINISTER) or has(viewer, Permission.FIGURES):
        return YES
    return no(_("新版量表由督導或系統管理發布。"))
