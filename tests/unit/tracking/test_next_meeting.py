"""What the next meeting starts from, what its chair rules in one sentence, and finding it all again."""

from __future__ import annotations

from datetime import date

import pytest

from anwang.conferences.models import Decision, DecisionRuling
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.minutes import actions as minutes
from anwang.minutes import queries as sittings
from anwang.minutes.models import Item, Sitting
from anwang.minutes.reading import read
from anwang.tracking import actions, queries
from anwang.tracking.models import SaidIn
from tests.unit.tracking.forum import OTHER, Forum, reported, text_of, tracked

NEXT = date(2026, 4, 8)
ONE_SENTENCE = "第1案解除列管，第2案繼續列管。"


def planned(forum: Forum) -> Sitting:
    series = Sitting.objects.get(id=forum.sitting).series_id
    assert series
    return minutes.plan(series_id=series, met_on=NEXT, by=forum.be("officer"), at=clock.now())


def standing(sitting: Sitting) -> Item:
    return Item.objects.get(sitting=sitting, kind="followup")


def test_the_next_agenda_says_how_far_the_decisions_are(forum: Forum) -> None:
    first = tracked(forum, helping=[forum.units[OTHER]])
    tracked(forum, "三")
    reported(forum, first)
    said = standing(planned(forum)).explanation.splitlines()
    assert said[0].startswith("案次1　網絡政策溝通會議第7次會議紀錄報告案一、二　請社家組於半年後")
    assert said[1].startswith("主辦：望潮縣政府社會局（協辦：")
    assert said[1].endswith("　期限：115年4月2日")
    assert said[2].startswith("辦理情形：已提出報告（府社字第1150000號）；")
    assert said[3] == "建議解除列管"
    assert said[6] == "辦理情形：還沒有回報。"


def test_writes_it_anew_only_when_asked(forum: Forum) -> None:
    first = tracked(forum)
    sitting = planned(forum)
    now = clock.now()
    minutes.write_item(item_id=standing(sitting).id, explanation="第1案已辦完。", by=forum.be("officer"), at=now)
    reported(forum, first)
    minutes.arrange(sitting_id=sitting.id, values={"place": "301會議室"}, by=forum.be("officer"), at=now)
    assert standing(sitting).explanation == "第1案已辦完。"
    actions.fill_again(sitting_id=sitting.id, by=forum.be("officer"), at=now)
    assert "辦理情形：已提出報告" in standing(sitting).explanation
    with pytest.raises(Refused):
        actions.fill_again(sitting_id=sitting.id, by=forum.be("county_officer"), at=now)
    with pytest.raises(NotFound):
        actions.fill_again(sitting_id=forum.sitting, by=forum.be("officer"), at=now)


def test_leaves_the_agenda_empty_where_nothing_is_tracked(forum: Forum) -> None:
    sitting = planned(forum)
    assert standing(sitting).explanation == ""
    actions.fill_again(sitting_id=sitting.id, by=forum.be("officer"), at=clock.now())
    assert standing(sitting).explanation == "沒有列管中的決議。"


def test_what_was_filled_in_is_read_back_as_explanation(forum: Forum) -> None:
    reported(forum, tracked(forum))
    words = standing(planned(forum)).explanation
    paper = read(
        f"某會議第8次會議紀錄\n時間：115年4月8日\n壹、報告案\n案由一：前次會議決議辦理情形\n說明：\n{words}\n決定：洽悉。\n貳、散會"
    )
    found = [(one.kind, one.title, [d.text for d in one.decisions]) for one in paper.items]
    assert found == [("followup", "前次會議決議辦理情形", ["洽悉。"])]
    assert "已提出報告" in paper.items[0].explanation


def test_rules_on_several_cases_in_one_sentence(forum: Forum) -> None:
    first, second = tracked(forum), tracked(forum, "四")
    for one in (first, second):
        reported(forum, one)
    states = {first.decision_id: "released", second.decision_id: "continued"}
    said = text_of(forum, "三")
    together = actions.Together(states=states, because=ONE_SENTENCE, next_on=date(2026, 6, 30), said_in=said.id)
    actions.rule_together(together=together, by=forum.be("officer"), at=clock.now())
    found = {one.decision_id: one for one in DecisionRuling.objects.all()}
    assert {key: one.state for key, one in found.items()} == states
    assert {one.because for one in found.values()} == {ONE_SENTENCE}
    assert (found[first.decision_id].next_on, found[second.decision_id].next_on) == (None, date(2026, 6, 30))
    assert SaidIn.objects.filter(text=said).count() == 2


def test_one_case_that_cannot_be_ruled_so_stops_all(forum: Forum) -> None:
    first, second = tracked(forum), tracked(forum, "四", asks_change=True)
    for one in (first, second):
        reported(forum, one)
    both = actions.Together(states=dict.fromkeys((first.decision_id, second.decision_id), "released"), because="解除。")
    forum.be("officer")
    task = Decision.objects.select_related("task").get(id=second.decision_id).task
    assert task
    with pytest.raises(Refused, match=task.number):
        actions.rule_together(together=both, by=forum.be("officer"), at=clock.now())
    assert not DecisionRuling.objects.exists()
    with pytest.raises(BadInput):
        actions.rule_together(together=actions.Together(states={}), by=forum.be("officer"), at=clock.now())


def looked(forum: Forum, who: str = "officer", **asked: object) -> list[str]:
    found = queries.search(forum.be(who), queries.Asked(**asked))  # type: ignore[arg-type]
    assert found.count == len(found.lines)
    return [one.text[:6] for one in found.lines]


def test_finds_decisions_by_words_body_unit_state_and_days(forum: Forum) -> None:
    tracked(forum)
    assert looked(forum, words="流動") == ["請社家組定期"]
    assert looked(forum, words="新指標運用情形") == ["請社家組於半"]
    assert looked(forum, words="100%") == []
    assert looked(forum, unit="望潮縣") == ["請社家組於半"]
    assert looked(forum, state=queries.UNTRACKED) == ["請社家組定期", "請各縣市於1"]
    assert looked(forum, state="released") == []
    body = queries.bodies_to_search(forum.be("officer"))
    assert [name for _key, name in body] == ["網絡政策溝通會議"]
    assert len(looked(forum, body_id=body[0][0])) == 3
    assert len(looked(forum, since=date(2026, 3, 2), until=date(2026, 3, 2))) == 3
    assert looked(forum, since=date(2026, 3, 3)) == []


def test_finds_nothing_of_a_draft_of_others(forum: Forum) -> None:
    sitting = planned(forum)
    minutes.add_item(
        sitting_id=sitting.id, kind="report", title="還沒發送的一案", by=forum.be("officer"), at=clock.now()
    )
    assert looked(forum, words="還沒發送") == [""]
    assert looked(forum, "county_officer", words="還沒發送") == []
    assert looked(forum, "worker", words="流動") == []
    assert looked(forum, "county_officer", words="流動") == ["請社家組定期"]


def test_a_late_draft_stands_on_the_desk_of_its_keeper(forum: Forum, at) -> None:  # type: ignore[no-untyped-def]
    sitting = planned(forum)

    def late(who: str = "officer") -> list[str]:
        return [one.send_by for one in sittings.desk(forum.be(who)) if one.send_by]

    at("2026-04-22T23:00+08:00")
    assert late() == []
    at("2026-04-23T09:00+08:00")
    assert late() == ["115年4月22日"]
    assert late("county_officer") == []
    minutes.call_off(sitting_id=sitting.id, by=forum.be("officer"), at=clock.now())
    assert late() == []
