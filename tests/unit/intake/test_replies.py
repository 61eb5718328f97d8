"""Replies: a class and nothing else, to whoever had to report, never more than receipt to who may be a party."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from anwang.audit.models import Act
from anwang.documents.models import Paper, PaperWords
from anwang.enactments.models import Enactment
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.intake import actions, policies, rules, sealed
from anwang.intake.actions.answering import words_of
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Reply, Report, Reporter, ReportPerson
from anwang.intake.queries.replies import replies_owed, reply_sheet
from anwang.matters.actions import excuse
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.people.states import NameKind
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-06 10:00")
TEACHER = ReporterIn(name="陳美惠", phone="(08)000-2113", organisation="河岬國小", category="education")
PEOPLE = (
    PersonIn(role="child", name="王小恩", age_text="9歲"),
    PersonIn(role="carer", name="林淑芬", age_text="35歲", phones=("0912-000-345",)),
)


@pytest.fixture
def world(at: Callable[[object], object]) -> World:
    at(NOW)
    return build_world()


def decided(world: World, reporter: ReporterIn = TEACHER, people: tuple[PersonIn, ...] = PEOPLE, **how: str) -> Report:
    """Dispatched to the investigator; from another system where `how` names a sender and a key."""
    by = world.viewer("screener")
    report = told("2026-03-06 10:00", "手上有傷", *people, reporter=reporter)
    row = actions.receive_report(report=report, by=by, **how)
    actions.dispatch(
        report_id=row.id, kind="child_protection", to=Holder(world.units["intake"], world.workers["investigator"]),
        person_ids=[ReportPerson.objects.get(report=row, role="child").person_id], by=by, at=NOW,
    )  # fmt: skip
    return row


def reply(world: World, report: Report, who: str = "screener", **given: object) -> Reply:
    said = {"reply_class": "in_hand", "confirmed": "unit_line", "at": NOW} | given
    return actions.answer_reporter(report_id=report.id, by=world.viewer(who), **said)


def owes(report: Report) -> bool:
    return Duty.objects.filter(matter_id=report.id, rule_id="report.reply", state="open").exists()


def test_owes_a_reply_to_who_had_to_report_until_it_is_given(world: World) -> None:
    report = decided(world)
    duty = Duty.objects.get(matter_id=report.id, rule_id="report.reply", state="open")
    assert (duty.due_at, duty.is_assumed) == (taipei("2026-03-21 00:00"), True)
    reply(world, report)
    assert not owes(report)
    assert Report.objects.get(id=report.id).reply_class == "in_hand"
    act = Act.objects.get(verb="report.answered")
    assert act.details == {"reply": "in_hand", "way": "phone", "confirmed": "unit_line"}


def test_owes_it_by_the_clock_of_the_county(world: World) -> None:
    shorter = {"from": "2026-01-01", "assumption": "本縣自訂七日", "within": "7 days"}
    Enactment.objects.create(rule_id="report.reply", county="99001", body={"versions": [shorter]}, enacted_at=NOW,
                             proposed_by=world.workers["chief"], approved_by=world.workers["supervisor"])  # fmt: skip
    duty = Duty.objects.get(matter_id=decided(world).id, rule_id="report.reply", state="open")
    assert duty.due_at == taipei("2026-03-14 00:00")


@pytest.mark.parametrize(
    "reporter",
    [
        ReporterIn(name="陳美惠", category="citizen"),
        ReporterIn(name="陳美惠", category="family"),
        ReporterIn(name="陳美惠", category="self"),
        ReporterIn(name="陳美惠", category=""),
        ReporterIn(name="陳美惠", category="anonymous"),
        ReporterIn(name="陳美惠", category="police", is_party=True),
        ReporterIn(name="陳美惠", category="police", relation="孩子的繼父"),
        ReporterIn(name="林 淑芬", category="education"),
        ReporterIn(name="林淑芬老師", category="education"),
        ReporterIn(name="林老師", category="education"),
        ReporterIn(name="陳美惠", phone="0912 000 345", category="medical"),
        ReporterIn(name="陳美惠", phone="+886-912-000-345", category="medical"),
    ],
    ids=lambda one: f"{one.category}-{one.name}-{one.relation}{one.phone}",
)
def test_owes_nothing_and_tells_receipt_only_to_who_may_be_a_party_or_need_not_report(
    world: World, reporter: ReporterIn
) -> None:
    report = decided(world, reporter)
    assert not owes(report)
    if Matter.objects.get(id=report.id).ended_at is None:
        for said in ("in_hand", "passed_on", "finished"):
            with pytest.raises(BadInput, match=r"^這位通報人只能說已受理。$"):
                reply(world, report, reply_class=said)
        assert reply(world, report, reply_class="received", confirmed="no").sent_at == NOW


@pytest.mark.parametrize("relation", ["孩子的導師", "保母", "班導", "同事", "大夫", "公所承辦", "person in charge"])
def test_takes_no_profession_for_kin(world: World, relation: str) -> None:
    report = decided(world, ReporterIn(name="陳美惠", category="education", relation=relation))
    assert owes(report)
    assert reply(world, report).reply_class == "in_hand"


@pytest.mark.parametrize("category", ["education", "family", "self", "anonymous", "citizen"])
def test_never_says_who_the_reporter_is_by_saying_why_not(world: World, category: str) -> None:
    report = decided(world, ReporterIn(category=category))
    with pytest.raises(BadInput) as refused:
        reply(world, report)
    assert str(refused.value) == "這位通報人只能說已受理。"


def test_cannot_rule_out_who_stands_behind_a_code(world: World) -> None:
    coded = PersonIn(role="child", name="H115-9", name_kind=NameKind.CODE, real_name="王小恩", age_text="9歲")
    report = decided(world, people=(coded,))
    with pytest.raises(BadInput, match="這位通報人只能說已受理"):
        reply(world, report)


def test_believes_no_voice_that_was_not_put_through(world: World) -> None:
    report = decided(world)
    with pytest.raises(BadInput, match="還沒確認是通報人本人"):
        reply(world, report, confirmed="no")
    assert owes(report)


@pytest.mark.parametrize("category", ["education", "family", "self", "anonymous", "citizen"])
def test_lets_nobody_try_who_reported_before_a_voice_is_confirmed(world: World, category: str) -> None:
    with pytest.raises(BadInput) as refused:
        reply(world, decided(world, ReporterIn(category=category)), who="screening_supervisor", confirmed="no")
    assert str(refused.value) == "還沒確認是通報人本人，只能說「已受理」。先打他單位的總機。"


def test_gives_whoever_may_not_see_the_reporter_nothing_to_read_about_him(world: World) -> None:
    report = decided(world, ReporterIn(name="林淑芬", category="family"))
    for who in ("screening_supervisor", "screener"):
        world.viewer(who)
        with connection.cursor() as cursor:
            cursor.execute("SELECT category, is_party, sealed FROM intake_reporter_to_compare(%s)", [report.id])
            category, is_party, seal = cursor.fetchone()
        assert (category, is_party) == (None, None)
        assert b"family" not in bytes(seal)


def test_decides_alike_about_a_reporter_from_before_he_was_sealed_whole(world: World) -> None:
    report, by = decided(world), world.viewer("screener")
    row = Reporter(report=report, category="family", is_party=True, recorded_at=NOW, recorded_by=by.worker_id)
    row.sealed = sealed.seal({"name": "陳美惠"}, "reporter", row.id)
    row.save(force_insert=True)
    with pytest.raises(BadInput, match="這位通報人只能說已受理"):
        reply(world, report)


def test_decides_alike_for_who_may_not_see_the_reporter(world: World) -> None:
    assert reply(world, decided(world), who="screening_supervisor").reply_class == "in_hand"


def test_says_the_class_and_nothing_else(world: World) -> None:
    for code in ("received", "in_hand", "passed_on", "finished"):
        words = words_of(code, NOW, "99001")
        label = next(one.label.zh for one in rules.codes("report.reply_class", NOW, "99001") if one.code == code)
        assert words == f"你通報的事：{label}。依法只能說到這裡。"
        for never in ("開案", "成案", "王小恩", "林淑芬", "望潮", "中心", "安置", "庇護", "社工"):
            assert never not in words


def test_writes_a_letter_with_the_class_alone(world: World) -> None:
    report = decided(world)
    letter = actions.Letter("望社字第1150000123號", date(2026, 3, 6), "河岬國小")
    paper = Paper.objects.get(id=reply(world, report, way="letter", confirmed="paper", letter=letter).paper_id)
    assert (paper.kind, paper.direction, paper.number, paper.other_name) == (
        "reply", "out", "望社字第1150000123號", "河岬國小")  # fmt: skip
    assert PaperWords.objects.get(paper=paper).subject == words_of("in_hand", NOW, "99001")
    assert not owes(report)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"way": "pigeon"}, "way"), ({"reply_class": "opened"}, "reply_class"), ({"confirmed": "sure"}, "confirmed"),
     ({"way": "letter"}, "paper_number"), ({"way": "system"}, "way")],
)  # fmt: skip
def test_refuses_what_is_not_complete(world: World, given: dict[str, str], field: str) -> None:
    report = decided(world)
    with pytest.raises(BadInput) as refused:
        reply(world, report, **given)
    assert refused.value.field == field
    assert owes(report)


def test_may_be_excused_by_a_supervisor_with_a_reason(world: World) -> None:
    report = decided(world)
    duty = Duty.objects.get(matter_id=report.id, rule_id="report.reply", state="open")
    with pytest.raises(Refused):
        excuse(duty_id=duty.id, reason="not_needed", by=world.viewer("screener"), at=NOW)
    excuse(duty_id=duty.id, reason="not_needed", by=world.viewer("screening_supervisor"), at=NOW)
    assert not owes(report)


TRUTH = {  # who: (sees the list, may answer this report)
    "screener": (True, True), "screening_supervisor": (True, True), "investigator": (False, True),
    "worker": (False, False), "supervisor": (False, False), "welfare_worker": (False, False),
    "ngo_worker": (False, False), "chief": (False, False), "clerk": (True, False), "administrator": (False, False),
}  # fmt: skip


@pytest.mark.parametrize("who", TRUTH)
def test_lets_the_front_door_answer_and_nobody_else(world: World, who: str) -> None:
    report = decided(world)
    viewer = world.viewer(who)
    assert (bool(policies.may_see_replies(viewer)), bool(policies.may_answer(viewer, report.id))) == TRUTH[who]


def number(report: Report) -> str:
    return Matter.objects.get(id=report.id).number


def test_lists_what_is_owed_by_its_clock(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    decided(world, ReporterIn(name="陳美惠", category="citizen"))
    (row,) = replies_owed(world.viewer("screener")).rows
    assert (row.number, row.may_answer, row.waits) == (number(report), True, "")
    reply(world, report, way="system", confirmed="system")
    (row,) = replies_owed(world.viewer("screener")).rows
    assert row.waits == "處理中"


def test_shows_a_clerk_numbers_and_dates_only(world: World) -> None:
    report = decided(world)
    (row,) = replies_owed(world.viewer("clerk")).rows
    assert (row.number, row.unit, row.channel, row.may_answer) == (number(report), "", "", False)
    with pytest.raises(NotFound):
        reply_sheet(world.viewer("clerk"), number(report))


def test_keeps_replies_for_ever_and_from_strangers(world: World) -> None:
    reply(world, decided(world))
    for statement in ("UPDATE intake_reply SET reply_class = 'x'", "DELETE FROM intake_reply"):
        denied = pytest.raises(ProgrammingError, match="permission denied")
        with denied, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    world.viewer("welfare_worker")
    assert not Reply.objects.exists()
