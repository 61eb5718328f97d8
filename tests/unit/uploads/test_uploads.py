"""What is owed to the central database: worked out, marked by whoever may, back on the list after a change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.access.roles import ROLES, Permission
from anwang.audit.models import Reading
from anwang.enactments.models import Enactment
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.intake import actions as intake
from anwang.intake.incoming import PersonIn
from anwang.intake.models import Report, ReportPerson
from anwang.matters.models import Matter
from anwang.people.actions import correct_person
from anwang.uploads import policies, queries, sheets
from anwang.uploads.actions import mark_failed, mark_uploaded, take_sheet
from anwang.uploads.models import Mark
from anwang.uploads.states import Standing
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = "2026-03-10T09:00+08:00"


@pytest.fixture
def hands(at):
    return at(NOW)


@pytest.fixture
def world(hands) -> World:
    return build_world()


def reported(world: World, *kinds: str, at: str = "2026-03-10 09:00", **person: object) -> Report:
    she = PersonIn(
        **{"role": "victim", "name": "林怡君", "sex": "female", "addresses": (("living", "望潮縣無名路9001號"),)}
        | person
    )
    return intake.receive_report(
        report=told(at, "昨晚被打", she, kinds=kinds or ("intimate_violence",)), by=world.viewer("screener")
    )  # fmt: skip


def number(report: Report) -> str:
    return str(Matter.objects.get(id=report.id).number)


def mark(world: World, report: Report, who: str = "screener", central: str = "A115-000123") -> Mark:
    now = clock.now()
    return mark_uploaded(
        number=number(report), way="typed", central_number=central, seen_at=now, by=world.viewer(who), at=now
    )


def test_lists_reports_of_the_kinds_the_law_names_and_no_others(world: World) -> None:
    violence, sexual = reported(world), reported(world, "sexual_violence")
    reported(world, "elder")
    both = reported(world, "child_protection", "other_violence")
    found = queries.uploads(world.viewer("clerk"))
    assert {line.id for line in found.lines} == {violence.id, sexual.id, both.id}
    assert next(line for line in found.lines if line.id == both.id).kinds == ("other_violence",)
    assert (found.open, found.late, found.failed, found.done) == (3, 0, 0, 0)


def test_judges_data_by_the_kinds_of_the_day_they_were_obtained(world: World) -> None:
    before = reported(world, "sexual_violence", at="2023-08-15 23:59")
    both = reported(world, "sexual_violence", "other_violence", at="2023-08-15 23:59")
    after = reported(world, "sexual_violence", "other_violence", at="2023-08-16 00:00")
    found = queries.uploads(world.viewer("clerk"))
    assert {line.id: line.kinds for line in found.lines} == {
        both.id: ("other_violence",), after.id: ("other_violence", "sexual_violence"),
    }  # fmt: skip
    with pytest.raises(NotFound):
        queries.owed_one(world.viewer("clerk"), number(before))


def test_asks_for_what_the_county_adds_from_its_day_on_only(world: World) -> None:
    added = {"from": "2026-03-01", "assumption": "本縣併計", "value": ["intimate_violence", "child_protection"]}
    Enactment.objects.create(rule_id="central_upload.kinds", county="99001", body={"versions": [added]},
                             enacted_at=clock.now(), proposed_by=world.workers["chief"],
                             approved_by=world.workers["supervisor"])  # fmt: skip
    earlier, later = (reported(world, "child_protection", at=f"2026-{day} 09:00") for day in ("02-28", "03-01"))
    former = reported(world, "other_violence", at="2026-02-28 09:00")
    reported(world, "other_violence", at="2026-03-01 09:00")
    found = queries.uploads(world.viewer("clerk"))
    assert {line.id for line in found.lines} == {later.id, former.id}
    assert earlier.id not in {line.id for line in found.lines}


def test_is_late_from_the_end_of_the_seventh_day_on(world: World, hands) -> None:
    report = reported(world)
    hands.at = taipei("2026-03-17 23:59")
    assert queries.uploads(world.viewer("clerk")).late == 0
    hands.at = taipei("2026-03-18 00:00")
    found = queries.uploads(world.viewer("clerk"), "late")
    assert (found.late, [line.id for line in found.lines]) == (1, [report.id])
    assert found.lines[0].due_at == taipei("2026-03-18 00:00")


def test_leaves_the_list_when_it_was_uploaded(world: World) -> None:
    report = reported(world)
    mark(world, report, "clerk")
    found = queries.uploads(world.viewer("clerk"), "done")
    assert (found.open, found.done) == (0, 1)
    assert (found.lines[0].central_number, found.lines[0].standing) == ("A115-000123", Standing.DONE)


def test_comes_back_after_a_correction_with_days_of_its_own(world: World, hands) -> None:
    report = reported(world)
    mark(world, report)
    hands.advance(timedelta(days=20))
    by = world.viewer("screener")
    person = ReportPerson.objects.get(report_id=report.id).person_id
    correct_person(person_id=person, by=by, at=clock.now(), source="register", name="林怡均", because="身分證")
    found = queries.uploads(world.viewer("clerk"))
    (line,) = found.lines
    assert (line.standing, found.late) == (Standing.CHANGED, 0)
    assert line.due_at == taipei("2026-04-08 00:00"), "from the change on 30 March, over the holidays"
    mark(world, report)
    assert queries.uploads(world.viewer("clerk")).open == 0


def test_does_not_cover_what_changed_after_it_was_looked_at(world: World, hands) -> None:
    report = reported(world)
    seen = clock.now()
    hands.advance(timedelta(minutes=5))
    by = world.viewer("screener")
    person = ReportPerson.objects.get(report_id=report.id).person_id
    correct_person(person_id=person, by=by, at=clock.now(), source="register", name="林怡均", because="身分證")
    hands.advance(timedelta(minutes=5))
    mark_uploaded(
        number=number(report), way="typed", central_number="A1", seen_at=seen, by=world.viewer("clerk"), at=clock.now()
    )
    assert queries.uploads(world.viewer("clerk")).open == 1


def test_stays_on_the_list_after_a_failure_and_says_why(world: World, hands) -> None:
    report = reported(world)
    for reason in ("away", "refused"):
        hands.advance(timedelta(hours=1))
        mark_failed(
            number=number(report), way="batch", failure=reason, seen_at=clock.now(), by=world.viewer("clerk"),
            at=clock.now(),
        )  # fmt: skip
    found = queries.uploads(world.viewer("clerk"), "failed")
    assert (found.failed, found.lines[0].tries, found.lines[0].failure) == (1, 2, "refused")
    assert found.lines[0].standing == Standing.FAILED
    hands.advance(timedelta(hours=1))
    mark(world, report)
    assert queries.uploads(world.viewer("clerk")).failed == 0
    assert len(queries.marks_of(world.viewer("clerk"), report.id)) == 3


def test_refuses_marks_that_cannot_be(world: World, hands) -> None:
    report = reported(world)
    given = {"number": number(report), "way": "typed", "seen_at": clock.now()}
    by = world.viewer("clerk")
    with pytest.raises(BadInput, match="還沒到"):
        mark_uploaded(**given, central_number="A1", by=by, at=clock.now() + timedelta(minutes=1))
    with pytest.raises(BadInput, match="早於"):
        mark_uploaded(**given, central_number="A1", by=by, at=clock.now() - timedelta(minutes=1))
    with pytest.raises(BadInput, match="編號"):
        mark_uploaded(**given, central_number=" ", by=by, at=clock.now())
    with pytest.raises(BadInput, match="英數字"):
        mark_uploaded(**given, central_number="林怡君", by=by, at=clock.now())
    with pytest.raises(NotFound):
        mark_uploaded(**given | {"number": "T115-0000-0000"}, central_number="A1", by=by, at=clock.now())


@pytest.mark.parametrize(
    ("who", "sees", "marks"),
    [
        ("screener", True, True), ("screening_supervisor", True, True), ("clerk", True, True), ("chief", True, False),
        ("worker", False, False), ("supervisor", False, False), ("investigator", False, False),
        ("ngo_worker", False, False), ("administrator", False, False), ("night", False, False),
    ],
)  # fmt: skip
def test_lets_only_those_in_charge_see_and_mark(world: World, who: str, sees: bool, marks: bool) -> None:
    report = reported(world)
    viewer = world.viewer(who)
    if sees:
        assert policies.may_see_uploads(viewer)
        assert queries.uploads(viewer).open == 1
    else:
        assert not policies.may_see_uploads(viewer)
        assert queries.uploads(viewer).open == 0, "nor does the database tell"
    if marks:
        mark(world, report, who)
        assert take_sheet(show="done", by=world.viewer(who)).titles
    else:
        with pytest.raises(Refused):
            mark(world, report, who)
        with pytest.raises(Refused):
            take_sheet(show="open", by=world.viewer(who))


def test_names_the_same_roles_in_the_database_as_in_the_program(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'uploads_of'")
        (source,) = cursor.fetchone()
    named = {str(role) for role, may in ROLES.items() if may & {Permission.UPLOAD, Permission.SEE_SYSTEMS}}
    inside = source.partition("p.role IN (")[2].partition(")")[0]
    assert {part.strip(" '") for part in inside.split(",")} == named


def test_gives_nothing_to_another_county(world: World) -> None:
    reported(world)
    world.viewer("clerk")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM uploads_of('99002', '{intimate_violence}', '{2007-09-27}', '{NULL}')")
        assert cursor.fetchone() == (0,)
        world.viewer("worker")
        cursor.execute("SELECT count(*) FROM uploads_of('99001', '{intimate_violence}', '{2007-09-27}', '{NULL}')")
        assert cursor.fetchone() == (0,)


def test_writes_a_sheet_without_places_or_numbers_and_traces_it(world: World) -> None:
    report = reported(world, identifiers=(("other", "K-77"),), phones=("0900-000-777",))
    before = Reading.objects.count()
    sheet = take_sheet(show="open", by=world.viewer("screener"))
    text = "\n".join("|".join(row) for row in sheet.rows)
    assert (len(sheet.rows), sheet.left_out) == (1, 0)
    assert "林怡君" in text
    assert number(report) in text
    assert not [one for one in ("9001號", "無名路", "K-77", "0900-000-777", "昨晚被打") if one in text]
    assert Reading.objects.count() == before + 1
    assert sheets.as_csv(sheet).startswith(b"\xef\xbb\xbf")
    assert sheets.as_ods(sheet, "篩派案").startswith(b"PK")


def test_gives_a_clerk_who_may_not_read_no_row(world: World) -> None:
    reported(world)
    sheet = take_sheet(show="open", by=world.viewer("clerk"))
    assert (sheet.rows, sheet.left_out) == ((), 1)


def test_writes_a_code_and_never_a_name_for_sexual_violence(world: World) -> None:
    reported(world, "sexual_violence")
    reported(world, "sexual_violence", name="代號甲", name_kind="code")
    text = "\n".join("|".join(row) for row in take_sheet(show="open", by=world.viewer("screener")).rows)
    assert "林怡君" not in text
    assert "代號甲" in text
    assert "保密，請用代號" in text


def test_lets_no_name_become_a_formula(world: World) -> None:
    reported(world, name="=HYPERLINK(1)")
    text = sheets.as_csv(take_sheet(show="open", by=world.viewer("screener"))).decode("utf-8-sig")
    assert ",=HYPERLINK" not in text
    assert "'=HYPERLINK(1)" in text


def test_counts_how_late_uploads_were(world: World, hands) -> None:
    first, second, third = reported(world), reported(world), reported(world)
    mark(world, first)
    hands.advance(timedelta(days=10))
    mark(world, second, central="A2")
    fourth = reported(world, at="2026-03-20 09:00")
    march, *before = queries.lateness(world.viewer("clerk"))
    assert (march.obtained, march.in_time, march.late, march.overdue, march.open) == (4, 1, 1, 1, 1)
    assert march.share == 33
    assert not [month for month in before if month.obtained]
    assert {third.id, fourth.id} == {line.id for line in queries.uploads(world.viewer("clerk")).lines}


def test_never_forgets_a_mark(world: World) -> None:
    mark(world, reported(world))
    for statement in ("UPDATE uploads_mark SET central_number = 'B'", "DELETE FROM uploads_mark"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
