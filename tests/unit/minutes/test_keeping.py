"""Minutes brought from a file: kept once, every line, nothing settled by itself, and unchanging once sent."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.minutes import actions, commands, policies, queries
from anwang.minutes.models import (
    Amendment,
    DecisionCase,
    DecisionText,
    DecisionUnit,
    Item,
    Node,
    Reading,
    Sitting,
    Source,
    Uncertain,
)
from anwang.minutes.reading.lines import squeezed

from .conftest import Table, text_of

FOURTH = """強化社會安全網專案會議第4次會議紀錄
時間：115年4月1日（三）上午9時30分
地點：本部301會議室
主持人：藍組長怡安　　紀錄：謝政勳
壹、主席致詞（略）
貳、報告事項
案由一：人力進用情形。（報告單位：中央社會及家庭業務組）
決定：
一、請望潮縣政府社會局於會後1個月內補實督導。
二、請各縣市政府每半年回報進用率。
（一）請本部於115年7月彙整。
參、散會：上午11時
"""
FIFTH = """強化社會安全網專案會議第5次會議紀錄
時間：115年4月15日上午9時30分
主持人：藍組長怡安　　紀錄：謝政勳
壹、確認前次會議紀錄
決定：修正報告案一決定事項（二）為：請各縣市政府每季回報進用率。
貳、報告事項
案由一：前次會議決議辦理情形。
決定：第1案解除列管，第2案繼續列管。
參、散會：上午11時
"""


def send(table: Table, text: str) -> Sitting:
    sitting = Sitting.objects.get(id=table.bring(text).sittings[0])
    by, now = table.by("officer"), clock.now()
    for one in Uncertain.objects.filter(sitting=sitting):
        actions.settle(uncertain_id=one.id, how="as_printed", by=by, at=now)
    actions.send(sitting_id=sitting.id, paper_number="社家支字第1150000001號", by=by, at=now)
    return Sitting.objects.get(id=sitting.id)


def test_keeps_every_word_and_what_it_was_read_as(table: Table) -> None:
    series = table.series()
    brought = table.bring(FOURTH)
    sitting = Sitting.objects.get(id=brought.sittings[0])
    assert (sitting.series_id, sitting.number, str(sitting.met_on), sitting.state) == (series, 4, "2026-04-01", "draft")
    assert (str(sitting.start_time), str(sitting.adjourned_time)) == ("09:30:00", "11:00:00")
    words = "".join(Node.objects.filter(sitting=sitting).order_by("place").values_list("text", flat=True))
    assert squeezed(words) == squeezed(FOURTH)
    first, second, inner = DecisionText.objects.filter(sitting=sitting).order_by("position")
    assert (first.units, first.due) == (["望潮縣政府社會局"], "會後1個月內")
    assert (second.recurrence, inner.parent_id, inner.due) == ("每半年", second.id, "2026-07")
    asked = {(one.decision_id, one.unit_id) for one in DecisionUnit.objects.filter(sitting=sitting)}
    assert asked == {
        (first.id, table.unit("social")), (second.id, table.unit("county")), (second.id, table.unit("county2")),
    }  # fmt: skip


def test_answers_the_same_file_with_the_first(table: Table) -> None:
    first, again = table.bring(FOURTH), table.bring(FOURTH)
    assert again.is_known
    assert again.sittings == first.sittings
    assert (Source.objects.count(), Sitting.objects.count()) == (1, 1)


def test_keeps_the_same_sitting_of_another_file_out_of_its_series(table: Table) -> None:
    table.series()
    table.bring(FOURTH)
    other = table.bring(FOURTH + "\n")
    assert Sitting.objects.get(id=other.sittings[0]).series_id is None


def test_splits_two_meetings_of_one_file_when_asked(table: Table) -> None:
    brought = table.bring(FOURTH + FIFTH)
    (one,) = brought.sittings
    assert brought.meetings == 2
    assert "two_meetings" in Uncertain.objects.filter(sitting_id=one).values_list("why", flat=True)
    made = actions.split_apart(sitting_id=one, by=table.by("officer"), at=clock.now())
    found = Sitting.objects.filter(id__in=made).order_by("number")
    assert [(s.number, s.first_line, s.last_line) for s in found] == [(4, 1, 12), (5, 13, 22)]
    assert Uncertain.objects.filter(why="two_meetings").count() == 0
    with pytest.raises(BadInput):
        actions.split_apart(sitting_id=made[0], by=table.by("officer"), at=clock.now())


def test_throws_a_draft_away_with_its_file(table: Table) -> None:
    (one,) = table.bring(FIFTH).sittings
    actions.throw_away(sitting_id=one, by=table.by("officer"), at=clock.now())
    assert (Source.objects.count(), Sitting.objects.count(), Node.objects.count()) == (0, 0, 0)
    assert not table.bring(FIFTH).is_known


def test_sends_nothing_uncertain(table: Table) -> None:
    table.series()
    (one,) = table.bring(FOURTH.replace("4月1日（三）", "4月1日（四）")).sittings
    by, now = table.by("officer"), clock.now()
    with pytest.raises(BadInput, match="存疑"):
        actions.send(sitting_id=one, by=by, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(id=one).update(state="sent", sent_at=now)
    doubt = Uncertain.objects.get(sitting_id=one)
    with pytest.raises(BadInput, match="更正了什麼"):
        actions.settle(uncertain_id=doubt.id, how="corrected", by=by, at=now)
    actions.correct(sitting_id=one, target=one, values={"met_on": "2026-04-02"}, by=by, at=now)
    actions.settle(uncertain_id=doubt.id, how="corrected", words="開會通知為4月2日", by=by, at=now)
    actions.send(sitting_id=one, by=by, at=now)
    assert Reading.objects.get(sitting_id=one).after == "2026-04-02"


def test_asks_for_day_and_series_before_sending(table: Table) -> None:
    (one,) = table.bring(FOURTH.replace("4月1日（三）", "13月41日")).sittings
    by, now = table.by("officer"), clock.now()
    assert Sitting.objects.get(id=one).met_on is None
    doubt = Uncertain.objects.get(sitting_id=one, why="impossible_date")
    actions.settle(uncertain_id=doubt.id, how="asked", words="已請議事單位更正", by=by, at=now)
    with pytest.raises(BadInput, match="日期"):
        actions.send(sitting_id=one, by=by, at=now)
    actions.correct(sitting_id=one, target=one, values={"met_on": "2026-04-01"}, by=by, at=now)
    with pytest.raises(BadInput, match="系列"):
        actions.send(sitting_id=one, by=by, at=now)
    actions.put_in_series(sitting_id=one, series_id=table.series(), by=by, at=now)
    actions.send(sitting_id=one, by=by, at=now)


def test_corrects_only_what_may_be_corrected(table: Table) -> None:
    (one,) = table.bring(FOURTH).sittings
    by, now = table.by("officer"), clock.now()
    decision = DecisionText.objects.filter(sitting_id=one).first()
    assert decision
    change = {"sitting_id": one, "target": decision.id, "by": by, "at": now}
    with pytest.raises(BadInput):
        actions.correct(values={"text": "另一句話"}, **change)
    with pytest.raises(BadInput, match="清單"):
        actions.correct(values={"tracking": "forgotten"}, **change)
    assert actions.correct(values={"units": "青嵐縣政府", "tracking": "continued"}, **change) == 2
    assert DecisionUnit.objects.get(decision=decision).unit_id == table.unit("county2")
    with pytest.raises(BadInput, match="年月日"):
        actions.correct(sitting_id=one, target=one, values={"met_on": "2026-02-31"}, by=by, at=now)


def test_invents_no_decision(table: Table) -> None:
    (one,) = table.bring(FOURTH).sittings
    item, by, now = Item.objects.get(sitting_id=one), table.by("officer"), clock.now()
    with pytest.raises(BadInput, match="沒有這些字"):
        actions.mark_decision(item_id=item.id, text="請各縣市停辦", by=by, at=now)
    key = actions.mark_decision(item_id=item.id, text="人力進用情形。", by=by, at=now)
    actions.strike_decision(decision_id=key, by=by, at=now)
    assert DecisionText.objects.filter(item=item).count() == 3


def test_ties_a_correction_to_the_sentence_it_means(table: Table) -> None:
    table.series()
    fourth, fifth = send(table, FOURTH), send(table, FIFTH)
    amendment = Amendment.objects.get(sitting=fifth)
    assert (amendment.earlier_id, amendment.text) == (fourth.id, "請各縣市政府每季回報進用率。")
    assert amendment.decision
    assert amendment.decision.number == "二"
    assert [(one.case, one.state) for one in DecisionCase.objects.filter(sitting=fifth).order_by("position")] == [
        (1, "released"), (2, "continued"),
    ]  # fmt: skip


def test_stays_once_sent(table: Table) -> None:
    table.series()
    fourth = send(table, FOURTH)
    by, now = table.by("officer"), clock.now()
    with pytest.raises(Refused, match="已經發送"):
        actions.correct(sitting_id=fourth.id, target=fourth.id, values={"place": "x"}, by=by, at=now)
    changes = [
        "UPDATE minutes_decisiontext SET text = 'x'", "DELETE FROM minutes_node",
        "UPDATE minutes_sitting SET place = 'x'",
        "DELETE FROM minutes_sitting", "UPDATE minutes_item SET title = 'x'",
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    fifth = send(table, FIFTH)
    with pytest.raises(BadInput, match="日期在後"):
        actions.confirm(sitting_id=fifth.id, confirmed_in=fourth.id, by=by, at=now)
    actions.confirm(sitting_id=fourth.id, confirmed_in=fifth.id, by=by, at=now)
    with pytest.raises(Conflict):
        actions.confirm(sitting_id=fourth.id, by=by, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(id=fourth.id).update(state="sent", confirmed_at=None)


def test_shows_drafts_only_to_their_unit(table: Table) -> None:
    table.series()
    sitting = Sitting.objects.get(id=table.bring(FOURTH).sittings[0])
    assert policies.may_read(table.by("officer"), sitting)
    assert not policies.may_read(table.by("county_officer"), sitting)
    assert not policies.may_read(table.by("worker"), sitting)
    sent = send(table, FIFTH)
    assert policies.may_read(table.by("county_officer"), sent)
    with pytest.raises(Refused):
        table.bring(FOURTH, key="county_officer")
    own = Sitting.objects.get(id=table.bring(FOURTH, key="county_officer", unit="social").sittings[0])
    assert not policies.may_read(table.by("other_officer"), own)
    assert not queries.is_visible(table.by("officer"), own.id)
    assert not queries.is_visible(table.by("officer"), uuid4())


def test_the_command_keeps_a_draft_and_prints_one_object(
    table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "four.txt"
    path.write_text(FOURTH + FIFTH)
    assert commands.main(["import", str(path), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["number"] == 4
    assert "存成草稿1份" in said.err
    assert "--split" in said.err
    assert commands.main(["import", str(path), "--json", "--split"]) == 0
    said = capsys.readouterr()
    assert [one["number"] for one in json.loads(said.out)] == [4, 5]
    assert "匯入過" in said.err
    assert commands.main(["import", str(path), "--unit", "nowhere"]) == 1
    assert "查無這個單位" in capsys.readouterr().err
    path.write_text(text_of("forum"))
    assert commands.main(["import", str(path), "--unit", "social"]) == 0
    assert Sitting.objects.get(unit_id=table.unit("social")).state == "draft"


def test_keeps_every_day_of_a_sitting_and_lets_a_person_correct_them(table: Table) -> None:
    several = FOURTH.replace(
        "115年4月1日（三）上午9時30分", "115年4月1日（三）上午9時30分至12時、4月2日、4月3日下午2時"
    )
    brought = table.bring(several).sittings[0]
    by, now = table.by("officer"), clock.now()
    page = queries.sitting(by, brought)
    assert page.again == ("115年4月2日", "115年4月3日 14:00")
    with pytest.raises(BadInput):
        actions.correct(
            sitting_id=brought, target=brought, values={"further_days": "115年4月31日"}, by=by, at=now,
        )  # fmt: skip
    assert not actions.correct(
        sitting_id=brought, target=brought, values={"further_days": page.further_days}, by=by, at=now
    )  # fmt: skip
    words = "115年4月3日 14:00至16:30\r\n115年4月2日"
    assert actions.correct(sitting_id=brought, target=brought, values={"further_days": words}, by=by, at=now) == 1
    assert queries.sitting(by, brought).again == ("115年4月2日", "115年4月3日 14:00-16:30")
    changed = Reading.objects.get(sitting_id=brought)
    assert (changed.before, changed.after) == ("2026-04-02、2026-04-03 14:00", "2026-04-02、2026-04-03 14:00-16:30")
    assert actions.correct(sitting_id=brought, target=brought, values={"further_days": ""}, by=by, at=now) == 1
    assert queries.sitting(by, brought).again == ()


def test_asks_about_a_later_day_that_cannot_be(table: Table) -> None:
    brought = table.bring(FOURTH.replace("115年4月1日（三）上午9時30分", "115年4月1日9時、4月31日9時")).sittings[0]
    assert Uncertain.objects.filter(sitting_id=brought, why="impossible_date").exists()
