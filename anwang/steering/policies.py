"""Who asks, answers, promises, mends, plans, assesses and publishes. Each answer is a Verdict.

The ministry asks counties for plans and assesses them; counties ask the ministry. Neither sees the drafts of another.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer

from .models import Assessment, Card, Loophole, Part, Plan, Question, Task
from .states import QuestionState


def may_see(viewer: Viewer) -> Verdict:
    """The desk: whoever steers at a public authority."""
    return YES if standing(viewer).steers else no(_("提問精進由中央和縣市的業務承辦、主管使用。請洽主管。"))


def may_act_for_county(viewer: Viewer, county: str = "") -> Verdict:
    """Ask a question, write a card, hand in a plan: whoever steers in that county (any county when none is named)."""
    found = standing(viewer)
    if found.is_for(county):
        return YES
    return no(_("這件事由該縣市的業務承辦或主管辦理。"))


def may_act_for_ministry(viewer: Viewer) -> Verdict:
    return YES if standing(viewer).is_ministry else no(_("這件事由中央業務單位辦理。"))


def may_see_question(viewer: Viewer, question: Question) -> Verdict:
    """Its own county always; the ministry once it is sent; another county once it is published."""
    found = standing(viewer)
    own = found.steers and not found.is_ministry and found.county == question.county_id
    asked = found.is_ministry and question.state != QuestionState.DRAFT
    if own or asked or (found.steers and question.published_at is not None):
        return YES
    return no(_("這件提問還沒有公布。"))


def may_answer(viewer: Viewer, part: Part) -> Verdict:
    """Each unit answers for itself."""
    if part.unit_id in standing(viewer).units:
        return YES
    return no(_("這一份由被問的單位答覆。"))


def may_fulfil(viewer: Viewer, task: Task) -> Verdict:
    """Report what was done: the unit that owes it, or whoever steers in its county."""
    found = standing(viewer)
    if task.unit_id in found.units or (found.county and task.unit.jurisdiction_id == found.county):
        return YES
    return no(_("由負責的單位回報。請洽該單位。"))


def may_release(viewer: Viewer, task: Task) -> Verdict:
    """Put off its day, or drop it: the unit it is owed to; for a promise and a measure also nobody else."""
    if task.asked_by_id in standing(viewer).units:
        return YES
    return no(_("期限由交辦的單位展延。請洽交辦的單位。"))


def may_see_loophole(viewer: Viewer, loophole: Loophole) -> Verdict:
    """The ministry all; a county its own."""
    found = standing(viewer)
    if found.is_ministry or (found.county and loophole.unit.jurisdiction_id == found.county):
        return YES
    return no(_("這個漏洞由登記的縣市和中央處理。"))


def may_see_of_county(viewer: Viewer, record: Plan | Assessment) -> Verdict:
    """A plan or an assessment: the ministry and the county itself. No county reads another's."""
    found = standing(viewer)
    if found.is_ministry or (found.county and record.county_id == found.county):
        return YES
    return no(_("精進計畫和考核只有該縣市和中央看得到。"))


def may_keep_card(viewer: Viewer, card: Card) -> Verdict:
    """Change, publish and draw figures for a card: its county."""
    return may_act_for_county(viewer, card.county_id)


def may_try(viewer: Viewer, card: Card) -> Verdict:
    """Tell that one tried it: another county, once the card is published."""
    found = standing(viewer)
    if card.published_at and found.county and not found.is_ministry and found.county != card.county_id:
        return YES
    return no(_("試辦結果由別的縣市在實務卡公布後回報。"))
