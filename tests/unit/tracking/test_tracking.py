"""A numbered decision of minutes becomes a tracked matter: who answers, until when, who sees it, how it ends."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anwang.conferences.models import Decision
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from anwang.tracking import actions
from anwang.tracking.models import Change, Follow, Track
from tests.unit.tracking.forum import BUREAU, DUE, OTHER, SECTION, Forum, days, met, reported, ruled, text_of, tracked


def linked(forum: Forum, track: Track, by: str = "officer", **given: object) -> Change:
    told = {"kind": "rule", "ref": "instrument.windows", "words": "半年後出報告", **given}
    return actions.link(decision_id=track.decision_id, linked=actions.Linked(**told), by=forum.be(by), at=clock.now())  # type: ignore[arg-type]


def decision(track: Track) -> Decision:
    return Decision.objects.get(id=track.decision_id)


def open_duties(matter_id: object) -> list[str]:
    return sorted(Duty.objects.filter(open_of=matter_id).values_list("rule_id", flat=True))


def test_gives_a_sentence_to_the_officer_of_the_unit_that_answers(forum: Forum) -> None:
    track = tracked(forum)
    found = decision(track)
    task = Matter.objects.get(id=found.task_id)
    assert (task.kind, task.sort) == ("decision", "policy")
    assert (task.accountable_id, task.acting_worker_id) == (forum.units[BUREAU], forum.workers["county_officer"])
    assert open_duties(task.id) == ["decision.report"]
    assert (found.due_on, track.due_how, track.due_printed) == (DUE, "phrase", "半年後")
    source = Matter.objects.get(id=found.source_id)
    assert (source.kind, source.sort, source.acting_worker_id) == ("meeting", "policy", forum.workers["officer"])
    assert open_duties(source.id) == ["decisions.relay"]


def test_keeps_one_follow_up_for_a_sitting_and_one_matter_for_a_sentence(forum: Forum) -> None:
    tracked(forum)
    tracked(forum, "三")
    assert Follow.objects.count() == 1
    with pytest.raises(Conflict, match="已經列管"):
        tracked(forum)


@pytest.mark.parametrize("who", ["officer2", "county_officer", "worker"])
def test_lets_only_the_keeper_of_the_minutes_track(forum: Forum, who: str) -> None:
    with pytest.raises(Refused):
        tracked(forum, by=who)


def test_tracks_nothing_of_a_draft(forum: Forum) -> None:
    draft = met(forum.world, forum.hands, state="draft", number=8)
    from tests.unit.tracking.forum import forum_texts

    forum_texts(draft)
    with pytest.raises(Refused, match="草稿"):
        tracked(draft)


def test_shows_a_decision_to_its_unit_and_the_keeper_and_to_no_other_county(forum: Forum) -> None:
    track = tracked(forum)
    for who, sees in (("officer", True), ("head", True), ("county_officer", True), ("chief", True),
                      ("other_officer", False), ("officer2", False), ("worker", False)):  # fmt: skip
        forum.be(who)
        assert Decision.objects.filter(id=track.decision_id).exists() is sees, who


def test_is_reported_by_the_unit_and_ruled_on_by_another(forum: Forum) -> None:
    track = tracked(forum)
    with pytest.raises((Refused, NotFound)):
        reported(forum, track, by="other_officer")
    reported(forum, track)
    with pytest.raises(Refused):
        ruled(forum, track, by="county_officer")
    ruled(forum, track)
    forum.be("officer")
    assert decision(track).state == "released"
    assert Matter.objects.get(id=decision(track).task_id).ended_at is not None


def test_releases_what_asked_for_a_change_only_with_a_link_or_a_reason(forum: Forum) -> None:
    track = tracked(forum, asks_change=True)
    reported(forum, track)
    with pytest.raises(Refused, match="要求改變"):
        ruled(forum, track)
    with pytest.raises(IntegrityError, match="a change was asked for"), transaction.atomic():
        Decision.objects.filter(id=track.decision_id).update(state="released", released_at=clock.now())
    change = linked(forum, track)
    ruled(forum, track)
    assert decision(track).state == "released"
    with pytest.raises(Conflict, match="唯一"):
        actions.withdraw_link(change_id=change.id, because="連錯了", by=forum.be("officer"), at=clock.now())
    with pytest.raises(IntegrityError, match="the last link"), transaction.atomic():
        Change.objects.filter(id=change.id).update(withdrawn_at=clock.now(), withdrawn_because="x")


def test_releases_it_unchanged_for_a_reason(forum: Forum) -> None:
    track = tracked(forum, asks_change=True)
    reported(forum, track)
    with pytest.raises(BadInput):
        actions.say_unchanged(decision_id=track.decision_id, because=" ", by=forum.be("officer"), at=clock.now())
    actions.say_unchanged(decision_id=track.decision_id, because="現行規定已可處理", by=forum.be("officer"),
                          at=clock.now())  # fmt: skip
    ruled(forum, track)
    assert decision(track).state == "released"


LEADS = [
    ({"kind": "rule", "ref": "no.such.rule"}, "沒有這條規則"),
    ({"kind": "instrument", "ref": "instrument.windows"}, "分開選"),
    ({"kind": "rule", "ref": "instrument.windows", "from_on": date(1999, 1, 1)}, "沒有從這一天起"),
    ({"kind": "indicator", "ref": "month.nothing"}, "沒有這個指標"),
    ({"kind": "page", "ref": "no:where"}, "沒有這個頁面"),
    ({"kind": "rule", "ref": ""}, "代碼"),
    ({"kind": "thing", "ref": "x"}, "哪一種"),
]


@pytest.mark.parametrize(("given", "why"), LEADS)
def test_refuses_a_link_that_leads_nowhere(forum: Forum, given: dict[str, object], why: str) -> None:
    track = tracked(forum)
    with pytest.raises(BadInput, match=why):
        linked(forum, track, **given)


def test_links_a_version_an_instrument_an_indicator_a_page_and_words_for_the_rest(forum: Forum) -> None:
    track = tracked(forum)
    linked(forum, track, from_on=date(2018, 2, 26))
    linked(forum, track, kind="instrument", ref="vulnerability.index")
    linked(forum, track, kind="indicator", ref="month.opened")
    linked(forum, track, kind="page", ref="instruments:ledger")
    linked(forum, track, by="county_officer", kind="course", ref="", words="Level 1課程納入指引手冊")
    with pytest.raises(Conflict):
        linked(forum, track, kind="indicator", ref="month.opened")
    with pytest.raises((Refused, NotFound)):
        linked(forum, track, by="other_officer", kind="post", ref="", words="增一名督導")
    assert Change.objects.count() == 5


def test_makes_the_condition_of_a_release_owed_by_the_same_unit(forum: Forum) -> None:
    track = tracked(forum)
    reported(forum, track, proposes="condition")
    ruled(forum, track, "condition", condition="半年後再提專案報告", next_on=date(2026, 10, 1))
    below = Track.objects.select_related("decision__task").get(of=track)
    assert (below.part, below.decision.unit_id, below.decision.text) == (
        "condition", forum.units[BUREAU], "半年後再提專案報告",
    )  # fmt: skip
    assert below.decision.task is not None
    assert below.decision.task.ended_at is None
    reported(forum, below)


def test_goes_to_a_special_meeting_and_stays_open_until_a_day(forum: Forum) -> None:
    track = tracked(forum)
    with pytest.raises(BadInput):
        ruled(forum, track, "special", next_on=date(2026, 5, 1))
    ruled(forum, track, "special", because="與法務機關另行研商", next_on=date(2026, 5, 1))
    found = decision(track)
    assert (found.state, found.due_on) == ("special", date(2026, 5, 1))
    assert open_duties(found.task_id) == ["decision.report"]
    reported(forum, track)
    ruled(forum, track)
    assert decision(track).state == "released"


def test_waits_for_every_unit_that_helps_and_releases_them_together(forum: Forum) -> None:
    track = tracked(forum, helping=[forum.units[OTHER], forum.units[BUREAU], forum.units["section2"]])
    shares = list(Track.objects.filter(of=track, part="share").select_related("decision__task"))
    assert {one.decision.unit_id for one in shares} == {forum.units[OTHER], forum.units["section2"]}
    reported(forum, track)
    with pytest.raises(Refused, match="還沒有回報"):
        ruled(forum, track)
    who = {forum.units[OTHER]: "other_officer", forum.units["section2"]: "officer2"}
    for one in shares:
        assert one.decision.unit_id is not None
        reported(forum, one, by=who[one.decision.unit_id])
    ruled(forum, track)
    forum.be("officer")
    assert set(Decision.objects.values_list("state", flat=True)) == {"released"}


def test_opens_the_next_round_of_what_recurs_until_it_is_stopped(forum: Forum) -> None:
    track = tracked(forum, "三", every_months=6, due_on=date(2026, 3, 31))
    reported(forum, track)
    ruled(forum, track)
    again = Track.objects.select_related("decision").get(of=track)
    assert (again.part, again.round, again.every_printed) == ("round", 2, "每半年")
    assert (again.decision.due_on, again.decision.state) == (date(2026, 9, 30), "tracked")
    actions.stop_round(decision_id=again.decision_id, because="改列年度報告", by=forum.be("officer"), at=clock.now())
    with pytest.raises(Conflict):
        actions.stop_round(decision_id=again.decision_id, because="再一次", by=forum.be("officer"), at=clock.now())
    reported(forum, again)
    ruled(forum, again)
    assert not Track.objects.filter(of=again).exists()


def test_rises_to_the_superior_some_days_after_its_day(forum: Forum) -> None:
    track = tracked(forum, unit_id=forum.units[SECTION], worker_id=forum.workers["officer"])

    def sees() -> bool:
        forum.be("top")
        return Decision.objects.filter(id=track.decision_id).exists()

    forum.hands.advance(days(30))
    assert not sees()
    forum.hands.advance(days(3))
    assert sees()


def test_rises_no_more_once_it_is_reported(forum: Forum) -> None:
    track = tracked(forum, unit_id=forum.units[SECTION], worker_id=forum.workers["officer"])
    reported(forum, track, by="officer")
    forum.hands.advance(days(60))
    forum.be("top")
    assert not Decision.objects.filter(id=track.decision_id).exists()


def test_is_reported_by_proxy_for_a_unit_off_the_system(forum: Forum) -> None:
    track = tracked(forum, unit_id=forum.units["far"])
    assert Matter.objects.get(id=decision(track).task_id).acting_desk_id is not None
    reported(forum, track, by="officer")
    ruled(forum, track)


def test_takes_as_the_sentence_of_a_ruling_only_one_that_is_out(forum: Forum) -> None:
    from anwang.conferences.actions import Ruled
    from anwang.tracking.models import SaidIn

    track = tracked(forum)
    reported(forum, track)
    draft = met(forum.world, forum.hands, state="draft", number=8)
    from tests.unit.tracking.forum import forum_texts

    forum_texts(draft)
    told = {"decision_id": track.decision_id, "ruled": Ruled(state="released"), "at": clock.now()}
    with pytest.raises(BadInput, match="已發送"), transaction.atomic():
        actions.rule(said_in=text_of(draft, "二").id, by=forum.be("officer"), **told)  # type: ignore[arg-type]
    actions.rule(said_in=text_of(forum, "四").id, by=forum.be("officer"), **told)  # type: ignore[arg-type]
    assert SaidIn.objects.count() == 1
