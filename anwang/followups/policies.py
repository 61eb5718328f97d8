"""May this person do this to a course now? Each answer is a Verdict with a sentence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.cases.policies import may_work
from anwang.followups import words
from anwang.rulebook import Code
from anwang.rulebook.schedules import Schedule
from anwang.rulebook.versions import Version

__all__ = ["is_set", "may_agree", "may_end", "may_work"]


def is_set(version: Version[Schedule]) -> Verdict:
    """Whether somebody set how often; otherwise only this level stands still, and the sentence says who must set it."""
    blocked = words.blocked(version)
    return no(blocked, version.rule_id) if blocked else YES


def may_agree(viewer: Viewer, matter_id: UUID) -> Verdict:
    """A long relationship is agreed by a supervisor of the case."""
    if not (allowed := may_work(viewer, matter_id)):
        return allowed
    if viewer.service or has(viewer, Permission.REVIEW):
        return YES
    return no(_("長期陪伴由督導同意。請和督導討論後由督導登錄。"))


def may_end(
    viewer: Viewer, matter_id: UUID, reason: Code, *, least_on: date | None, today: date, refusals: int, wanted: int
) -> Verdict:  # fmt: skip
    """End a course of contacts. Before its least time, by refusal, and for what a code marks, a supervisor does it."""
    if not (allowed := may_work(viewer, matter_id)):
        return allowed
    if reason.marks.get("least") == "yes" and least_on is not None and today <= least_on:
        return no(_("期程至少要到%(day)s。還沒到，請繼續訪視；有別的理由請改選。") % {"day": words.day(least_on)})
    if reason.marks.get("refusals") == "yes" and refusals < wanted:
        told = {"found": refusals, "wanted": wanted}
        return no(_("拒絕要有%(wanted)d次紀錄，現在有%(found)d次。請繼續聯繫。") % told)
    if reason.marks.get("supervisor") == "yes" and not (viewer.service or has(viewer, Permission.REVIEW)):
        return no(_("這個理由要督導同意。請督導登錄，或改送結案。"))
    return YES
