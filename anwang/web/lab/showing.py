"""One draft ready for its template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any  # the context of a template

from anwang.access.steering import NATION
from anwang.access.viewer import Viewer
from anwang.enactments.queries import book
from anwang.foundation import clock, roc
from anwang.lab import policies, queries, writing
from anwang.lab.queries import Said
from anwang.lab.states import REPLAYED, DraftState
from anwang.rulebook import Rulebook, RulebookError
from anwang.rulebook.explain import summary
from anwang.rulebook.situations import run
from anwang.web.policy import comparing, rule_page
from anwang.web.policy.situations import all_situations
from anwang.web.policy.worked import Example, example
from anwang.web.shell import words


def shown(viewer: Viewer, found: Any, reach: str | None) -> dict[str, Any]:
    """What changes, the worked examples it would change, comments, approvals, replays, and what may be done now."""
    rules, county = book(), found.county or None
    handle = rules.handle(found.rule_id)
    before = handle.get(_day_of(found), county)
    tried, faults = _tried(found)
    after = tried.handle(found.rule_id).get(found.starts_on, county) if tried else None
    if found.state == DraftState.ENACTED:
        before, after = handle.get(_eve(found.starts_on), county), handle.get(found.starts_on, county)
    comments, approvals = queries.comments(viewer, found.id), queries.approvals(viewer, found.id)
    lang = words.lang()
    return {
        "draft": found, "title": handle.title.to(lang), "who": rule_page.county_name(county),
        "author": found.author.called, "unit": found.unit.called,
        "day": roc.roc_long(found.starts_on, lang), "state": DraftState(found.state).label,
        "was": summary(before).to(lang) if before else "", "becomes": summary(after).to(lang) if after else "",
        "d": comparing.difference(rules, before, after), "faults": faults,
        "changed": _examples(rules, tried, found) if tried else [],
        "comments": [(one, words.instant(one.at), _who(one, lang)) for one in comments],
        "unanswered": sum(one.answered_at is None for one in comments),
        "approvals": [(one, words.instant(one.at), one.who_en if lang == "en" and one.who_en else one.who)
                      for one in approvals if one.round == found.round],
        "replays": queries.replays(viewer, found.id) if policies.may_see_replay(viewer, found, at=reach) else [],
        "can": _can(viewer, found, reach, handle.kind, approvals),
    }  # fmt: skip


def _can(viewer: Viewer, found: Any, reach: str | None, kind: str, approvals: list[queries.Approved]) -> dict[str, Any]:
    writes, state = reach is not None and reach == found.county, DraftState(found.state)
    here = tuple((one.by_id, one.as_chief) for one in approvals if one.round == found.round)
    steers = reach is not None and reach in (found.county, NATION)
    return {
        "revise": writes and state == DraftState.DRAFT, "open": writes and state == DraftState.DRAFT,
        "answer": writes and state in (DraftState.DRAFT, DraftState.OPEN),
        "hand_on": writes and state == DraftState.OPEN and clock.now() >= found.comment_until,
        "approve": _may_approve(viewer, found, here, reach) if state == DraftState.DECIDING else None,
        "send_back": steers and state == DraftState.DECIDING,
        "withdraw": writes and state in (DraftState.DRAFT, DraftState.OPEN, DraftState.DECIDING),
        "replay": writes and kind in REPLAYED and state not in (DraftState.ENACTED, DraftState.WITHDRAWN),
        "no_replay": kind not in REPLAYED,
    }  # fmt: skip


def _may_approve(viewer: Viewer, found: Any, here: tuple[tuple[object, bool], ...], reach: str | None) -> Any:
    return policies.may_approve(viewer, found, here, clock.today(), at=reach) if reach is not None else None


def _tried(found: Any) -> tuple[Rulebook | None, list[str]]:
    """The book under the draft; or why it cannot be laid over the book any more."""
    if found.state in (DraftState.ENACTED, DraftState.WITHDRAWN):
        return None, []
    try:
        return writing.tried(found), []
    except RulebookError as error:
        return None, writing.said(error.problems)


def _examples(rules: Rulebook, tried: Rulebook, found: Any) -> list[Example]:
    """Worked examples of the rule that come out as written today, and differently under the draft."""
    about = (one for one in all_situations(rules) if found.rule_id in one.rules() and "county_rows" not in one.given)
    moved = (replace(one, on=found.starts_on) for one in about if one.county in (None, found.county or None))
    return list(dict.fromkeys(
        example(rules, one, found.rule_id) for one in moved if not run(rules, one) and run(tried, one)
    ))[:6]  # fmt: skip


def _who(one: Said, lang: str) -> tuple[str, str]:
    name = one.who_en if lang == "en" and one.who_en else one.who
    return name, (one.unit_en if lang == "en" and one.unit_en else one.unit) or ""


def _day_of(found: Any) -> date:
    day: date = found.starts_on
    return day


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
