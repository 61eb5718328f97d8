"""A sitting from the agenda to the paper: planned, attended, drafted in the official form, printed, read back alike."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import pytest

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.minutes import actions, official, queries
from anwang.minutes.files import words_of
from anwang.minutes.models import Amendment, Attendance, DecisionText, Item, Node, Sitting
from anwang.minutes.reading import read
from anwang.minutes.reading.lines import squeezed

from .conftest import Table
from .test_keeping import FOURTH, send

DECIDED = """一、請望潮縣政府社會局於會後1個月內補實下列人力：
（一）督導1名。
（二）社工2名。
二、第3案解除列管，惟請於半年後提出成效。
三、請各縣市政府每季回報。"""


def planned(table: Table, met: date = date(2026, 4, 15)) -> Sitting:
    series = table.series()
    send(table, FOURTH)
    return actions.plan(
        series_id=series, met_on=met, start_time=time(9, 30), place="本部301會議室", chair="藍組長怡安",
        by=table.by("officer"), at=clock.now(),
    )  # fmt: skip


def drafted(table: Table) -> Sitting:
    sitting = planned(table)
    by, now = table.by("officer"), clock.now()
    told = {"sitting_id": sitting.id, "by": by, "at": now}
    actions.add_item(
        kind="discussion", title="增設據點", unit_id=table.unit("social"), explanation="人口增加。", **told
    )
    actions.add_item(kind="report", title="人力進用情形", explanation="一、現員120人。\n二、缺額13人。", **told)
    guest = actions.ask(unit_id=table.unit("social"), who="程科員雅文", **told)
    other = actions.ask(unit_words="民間團體聯盟", attends="guest", **told)
    actions.begin(**told)
    actions.note_came(attendance_id=guest.id, came="video", by=by, at=now)
    actions.note_came(attendance_id=other.id, came="represented", instead="王秘書", by=by, at=now)
    first, report, discussed = (one.id for one in queries.sitting(by, sitting.id).items)
    actions.write_item(item_id=first, explanation="第3案已辦理完成。", decisions="洽悉。", by=by, at=now)
    actions.write_item(item_id=report, decisions=DECIDED, by=by, at=now)
    actions.write_item(item_id=discussed, decisions="照案通過。", by=by, at=now)
    second = DecisionText.objects.get(sitting__number=4, number="二")
    actions.amend(decision_id=second.id, text="請各縣市政府每季回報進用率。", **told)
    actions.write_section(opening="感謝各縣市。", **told)
    actions.adjourn(adjourned_time=time(11, 0), **told)
    return Sitting.objects.get(id=sitting.id)


def test_plans_the_next_sitting_with_the_standing_first_report(table: Table) -> None:
    sitting = planned(table)
    page = queries.sitting(table.by("officer"), sitting.id)
    assert (page.number, page.title, page.recorder) == (5, "強化社會安全網專案會議第5次會議紀錄", "謝政勳")
    assert [(one.kind, one.title, one.label) for one in page.items] == [("followup", "前次會議決議辦理情形", "一")]
    with pytest.raises(BadInput, match="同一天"):
        actions.plan(
            series_id=sitting.series_id, met_on=sitting.met_on, number=5, by=table.by("officer"), at=clock.now()
        )  # type: ignore[arg-type]


def test_numbers_the_agenda_anew_when_it_changes(table: Table) -> None:
    sitting = planned(table)
    by, now = table.by("officer"), clock.now()
    told = {"sitting_id": sitting.id, "by": by, "at": now}
    for title in ("甲", "乙"):
        actions.add_item(kind="report", title=title, **told)
    actions.add_item(kind="discussion", title="丙", **told)

    def order() -> list[tuple[str, str]]:
        return [(one.label, one.title[:1]) for one in queries.sitting(by, sitting.id).items]

    assert order() == [("一", "前"), ("二", "甲"), ("三", "乙"), ("一", "丙")]
    actions.move_item(item_id=Item.objects.get(title="乙").id, up=True, by=by, at=now)
    assert order() == [("一", "前"), ("二", "乙"), ("三", "甲"), ("一", "丙")]
    actions.drop_item(item_id=Item.objects.get(title="乙").id, by=by, at=now)
    assert order() == [("一", "前"), ("二", "甲"), ("一", "丙")]


def test_writes_no_decisions_before_it_met(table: Table) -> None:
    sitting = planned(table, date(2026, 5, 20))
    by, now = table.by("officer"), clock.now()
    item = Item.objects.get(sitting=sitting)
    with pytest.raises(Conflict, match="還沒開"):
        actions.write_item(item_id=item.id, decisions="照案通過。", by=by, at=now)
    with pytest.raises(BadInput, match="開會的日期"):
        actions.begin(sitting_id=sitting.id, by=by, at=now)
    actions.call_off(sitting_id=sitting.id, by=by, at=now)
    with pytest.raises(Conflict):
        actions.add_item(sitting_id=sitting.id, kind="report", title="x", by=by, at=now)


def test_reads_its_own_draft_as_decisions(table: Table) -> None:
    sitting = drafted(table)
    made = DecisionText.objects.filter(item__title="人力進用情形", sitting=sitting).order_by("position")
    assert [(one.number, one.level, one.tracking, one.due, one.recurrence) for one in made] == [
        ("一", 1, "", "會後1個月內", ""), ("(一)", 2, "", "", ""), ("(二)", 2, "", "", ""),
        ("二", 1, "released_with_condition", "半年後", ""), ("三", 1, "", "", "每季"),
    ]  # fmt: skip
    item = Item.objects.get(title="人力進用情形", sitting=sitting)
    with pytest.raises(BadInput, match="不屬於"):
        actions.write_item(item_id=item.id, decisions="決議：甲\n案由二：乙", by=table.by("officer"), at=clock.now())


def test_corrects_the_minutes_before_without_touching_them(table: Table) -> None:
    sitting = drafted(table)
    amendment = Amendment.objects.get(sitting=sitting)
    assert amendment.target == "報告案一決定二"
    assert DecisionText.objects.get(id=amendment.decision_id).text == "請各縣市政府每半年回報進用率。"
    by, now = table.by("officer"), clock.now()
    earlier = queries.sitting(by, amendment.earlier_id)  # type: ignore[arg-type]
    assert not any(one.amended for item in earlier.items for one in item.decisions)
    actions.send(sitting_id=sitting.id, by=by, at=now)
    earlier = queries.sitting(by, earlier.id)
    (said,) = [one.amended for item in earlier.items for one in item.decisions if one.amended]
    assert said[0][1:] == (sitting.title, "請各縣市政府每季回報進用率。")
    actions.confirm(sitting_id=earlier.id, confirmed_in=sitting.id, by=by, at=now)


@pytest.mark.parametrize("form", ["odt", "pdf"])
def test_comes_back_from_paper_as_it_was_drafted(table: Table, form: str) -> None:
    sitting = drafted(table)
    by = table.by("officer")
    actions.send(sitting_id=sitting.id, by=by, at=clock.now())
    page = queries.sitting(by, sitting.id)
    file = actions.print_minutes(sitting_id=sitting.id, form=form, by=by)
    found = read(words_of(file.body))
    assert (found.number, found.date, found.start_time, found.adjourned_time) == (5, "2026-04-15", "09:30", "11:00")
    assert (found.place, found.chair, found.recorder) == ("本部301會議室", "藍組長怡安", "謝政勳")
    assert [(one.kind, one.label, one.title, one.unit or "") for one in found.items] == [
        (one.kind, one.label, one.title, one.unit) for one in page.items
    ]
    for item, drawn in zip(found.items, page.items, strict=True):
        assert [
            (one.no or "", one.level, squeezed(one.text), one.tracking or "", one.due or "") for one in item.decisions
        ] == [(one.number, one.level, squeezed(one.text), one.tracking, one.due) for one in drawn.decisions]
    assert [(one.target, one.text) for one in found.amendments] == [("報告案一決定二", "請各縣市政府每季回報進用率。")]
    assert found.uncertain == []


def test_keeps_its_printed_lines_once_sent(table: Table) -> None:
    sitting = drafted(table)
    by = table.by("officer")
    actions.send(sitting_id=sitting.id, by=by, at=clock.now())
    lines = dict(Node.objects.filter(sitting=sitting).values_list("line", "text"))
    for decision in DecisionText.objects.filter(sitting=sitting):
        assert decision.text in lines[decision.line]
    with pytest.raises(Refused):
        actions.add_item(sitting_id=sitting.id, kind="report", title="x", by=by, at=clock.now())
    assert Attendance.objects.get(sitting=sitting, unit_words="民間團體聯盟").instead == "王秘書"


def test_says_which_decision_a_phrase_means() -> None:
    assert official.label_of(21) == "二十一"
    assert official.printed("(三)", "辦理。") == "（三）辦理。"
    assert official.points_of("一、甲。\n二、乙。")[1] == ""


def test_leaves_a_county_to_itself(table: Table) -> None:
    body = actions.found_body(
        name="縣社安網推動小組", level="county", keeper_id=table.unit("social"), by=table.by("county_officer"),
        at=clock.now(),
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.begin_series(body_id=body.id, title="第{n}次會議", by=table.by("other_officer"), at=clock.now())
    assert not queries.bodies(table.by("other_officer"))
    assert queries.bodies(table.by("county_officer"))[0].id == UUID(str(body.id))
