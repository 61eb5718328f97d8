"""What is kept long enough is listed; two persons erase; a hold stops them; nothing of the content stays anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from anwang.access.viewer import service_viewer
from anwang.audit.sealing import check, seal
from anwang.cases.actions import write_note
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.matters.actions import end_matter
from anwang.matters.models import Matter
from anwang.people import queries
from anwang.project.postgres.cluster import Cluster
from anwang.referrals.actions import NoticeIn, take_notice
from anwang.subjects import actions, jobs, rules
from anwang.subjects.models import Due, Erasure
from anwang.subjects.states import DueClass
from tests.unit.cases.office import LATER, NIGHT, open_office
from tests.world import build_world

from .conftest import HIDING, NUMBERS, PHONE, Family, family_of

ELSEWHERE = {
    "access_account", "accounts_totpseal", "accounts_recoverycode", "accounts_pastpassword", "accounts_agencysecret",
    "accounts_invitationseal", "systems_incomingbody", "systems_endpointsecret", "systems_tokenseal",
    # Not of a file: lists of other authorities, drafts, what was asked across agencies, staff and their readings.
    "rosters_rosterbody", "rosters_rostersettlement", "rosters_rosterwithdrawal", "intake_reportdraft",
    "disclosure_lookup", "disclosure_conversation", "disclosure_request", "disclosure_glass", "disclosure_glassreview",
    "oversight_declaration", "oversight_words",
    # A worker's calendar address: a digest.
    "followups_feed",
    # Requests themselves: kept for their own term, sealed.
    "subjects_request", "subjects_answer",
    # Shields and who must be told of an order: codes and days, without a place.
    "protection_shielding", "protection_relay",
    # Of a meeting as a whole: its name, general topics, who was invited. What is said of a file lies in its parts.
    "conferences_meeting", "conferences_agendaitem", "conferences_invitation",
}  # fmt: skip


@pytest.fixture
def family(committed_db: str, at) -> Family:
    hands = at(NIGHT + LATER)
    with transaction.atomic():
        return family_of(open_office(build_world(), hands), hides=True)


@pytest.fixture
def everything(cluster: Cluster, committed_db: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cluster.url("postgres", committed_db), autocommit=True) as connected:
        yield connected


def closed(family: Family) -> str:
    """The case and its report, closed; the case's number."""
    with transaction.atomic():
        by = family.be("worker")
        write_note(matter_id=family.case, text="她怕先生", zone="special", by=by, at=clock.now())
        end_matter(matter_id=family.case, how="closed", at=clock.now(), by=by)
        end_matter(matter_id=family.office.report, how="dispatched", at=clock.now(), by=family.be("screener"))
        return Matter.objects.get(id=family.case).number


def look() -> int:
    return jobs.look_through(at=clock.now())


def test_a_child_s_file_is_due_after_the_longer_of_two_terms(family: Family) -> None:
    number = closed(family)
    ended = clock.now()
    assert rules.kept_until("case", ended, date(2016, 5, 2), "99001") == (date(2041, 5, 1), DueClass.MINOR)
    assert rules.kept_until("case", ended, None, "99001") == (date(2033, 3, 8), DueClass.RECORD)
    assert rules.kept_until("case", ended, date(1970, 1, 1), "99001") == (date(2033, 3, 8), DueClass.RECORD)
    assert rules.kept_until("report", ended, None, "99001") == (date(2033, 3, 8), DueClass.REPORT)
    # The youngest of the family was born on 2023-09-01: eighteen on 2041-09-01, seven years more.
    for day, due in (("2048-08-31T23:59+08:00", 0), ("2048-09-01T00:00+08:00", 2)):
        family.office.hands.advance(datetime.fromisoformat(day) - clock.now())
        assert look() == due, day
    assert Due.objects.get(number=number).due_on == date(2048, 8, 31)
    assert look() == 0


def test_two_persons_erase_by_court_order_at_once_and_nothing_stays(family: Family, everything) -> None:
    number = closed(family)
    report = Matter.objects.filter(id=family.office.report).values_list("number", flat=True)[0]
    seal()
    for one in (number, report):
        with transaction.atomic():
            row = actions.propose_erasure(
                number=one, basis="court", paper="望院115少塗1", by=family.be("chief"), at=clock.now()
            )
        with pytest.raises(Refused, match="兩個人"), transaction.atomic():
            actions.confirm_erasure(erasure_id=row.id, by=family.be("chief"), at=clock.now())
        with transaction.atomic():
            assert actions.confirm_erasure(erasure_id=row.id, by=family.be("privacy"), at=clock.now()) > 0
    left = _everything(everything)
    for word in ("林佳安", "陳小宇", "陳志豪", "客廳畫圖", PHONE, PHONE.replace("-", ""), HIDING, NUMBERS["boy"]):
        assert word not in left, word
    for table in (
        "people_identifier",
        "people_safetyaddress",
        "people_contactpoint",
        "cases_note",
        "cases_contacttext",
    ):
        assert everything.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    with transaction.atomic():
        family.be("worker")
        with pytest.raises(NotFound):
            queries.card(family.be("worker"), family.mother)
    family.office.hands.advance(timedelta(hours=1))
    seal()
    assert check() == []
    kept = Erasure.objects.get(number=number)
    assert (kept.basis, kept.rows > 0) == ("court", True)


def test_notices_that_he_comes_home_go_with_the_file_and_so_do_their_days(family: Family, everything) -> None:
    home = clock.now() + timedelta(days=9)
    for day in (home, home + timedelta(days=1)):
        given = NoticeIn("prison", "望潮監獄", "陳志豪", clock.now(), day, born_on=date(1990, 2, 3))
        with transaction.atomic():
            take_notice(given=given, by=family.be("screener"))
    of_case = "SELECT count(*) FROM referrals_releasechange c JOIN referrals_releasenotice n ON n.id = c.notice_id"
    of_case += " WHERE n.case_id = %s"
    assert everything.execute(of_case, [family.case]).fetchone() == (1,)
    number = closed(family)
    with transaction.atomic():
        row = actions.propose_erasure(
            number=number, basis="court", paper="望院115少塗1", by=family.be("chief"), at=clock.now()
        )
    with transaction.atomic():
        actions.confirm_erasure(erasure_id=row.id, by=family.be("privacy"), at=clock.now())
    assert everything.execute(of_case, [family.case]).fetchone() == (0,)
    assert everything.execute("SELECT count(*) FROM referrals_releasechange").fetchone() == (0,)


def test_a_hold_stops_both_persons_and_the_database_too(family: Family) -> None:
    number = closed(family)
    with transaction.atomic():
        row = actions.propose_erasure(number=number, basis="court", paper="1", by=family.be("chief"), at=clock.now())
        held = actions.hold(number=number, because="court_case", by=family.be("privacy"), at=clock.now())
    with pytest.raises(Refused, match="暫不刪除"), transaction.atomic():
        actions.confirm_erasure(erasure_id=row.id, by=family.be("privacy"), at=clock.now())
    with transaction.atomic(), connection.cursor() as cursor:
        by = family.be("privacy")
        Erasure.objects.filter(id=row.id).update(confirmed_by=by.worker_id, done_at=clock.now())
        with pytest.raises(DatabaseError, match="is held"), transaction.atomic():
            cursor.execute("SELECT subjects_erase(%s)", [row.id])
        transaction.set_rollback(True)
    with transaction.atomic():
        actions.release(hold_id=held.id, by=family.be("chief"), at=clock.now())
    with transaction.atomic():
        assert actions.confirm_erasure(erasure_id=row.id, by=family.be("privacy"), at=clock.now()) > 0


def test_the_database_refuses_one_person_an_open_file_and_a_stranger(family: Family) -> None:
    number = closed(family)
    with transaction.atomic():
        row = actions.propose_erasure(number=number, basis="court", paper="1", by=family.be("chief"), at=clock.now())
    with transaction.atomic():
        by = family.be("chief")
        with pytest.raises(DatabaseError, match="two persons erase, each in his own name"), transaction.atomic():
            Erasure.objects.filter(id=row.id).update(confirmed_by=by.worker_id, done_at=clock.now())
    for key in ("worker", "chief"):
        with transaction.atomic(), connection.cursor() as cursor:
            family.be(key)
            with pytest.raises(DatabaseError, match="two persons"), transaction.atomic():
                cursor.execute("SELECT subjects_erase(%s)", [row.id])


def test_refuses_before_the_term_an_open_file_no_paper_and_a_number_of_nobody(family: Family) -> None:
    number = Matter.objects.filter(id=family.case).values_list("number", flat=True)[0]
    with transaction.atomic():
        by = family.be("chief")
        with pytest.raises(Refused, match="結案"):
            actions.propose_erasure(number=number, basis="court", paper="1", by=by, at=clock.now())
        with pytest.raises(BadInput, match="來文"):
            actions.propose_erasure(number=number, basis="court", by=by, at=clock.now())
        with pytest.raises(BadInput, match="案號"):
            actions.propose_erasure(number="C115-0000-0000", basis="court", paper="1", by=by, at=clock.now())
    closed(family)
    with transaction.atomic(), pytest.raises(Refused, match="還沒到"):
        actions.propose_erasure(number=number, basis="retention", by=family.be("chief"), at=clock.now())


@pytest.mark.parametrize("who", ["worker", "supervisor", "clerk", "administrator", "screener"])
def test_nobody_else_holds_proposes_or_learns_whether_a_number_exists(family: Family, who: str) -> None:
    number = closed(family)
    with transaction.atomic():
        by = family.be(who)
        for act in (
            lambda: actions.hold(number=number, because="court_case", by=by, at=clock.now()),
            lambda: actions.propose_erasure(number=number, basis="court", paper="1", by=by, at=clock.now()),
        ):
            with pytest.raises(Refused, match="個資保護窗口"):
                act()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM subjects_file(%s, '99001')", [number])
            assert cursor.fetchone() == (0,)


def test_the_nightly_look_is_for_the_job_alone(family: Family) -> None:
    closed(family)
    with transaction.atomic(), connection.cursor() as cursor:
        family.be("chief")
        cursor.execute("SELECT count(*) FROM subjects_ended('00000000-0000-0000-0000-000000000000', 9)")
        assert cursor.fetchone() == (0,)
        service_viewer("retention")
        cursor.execute("SELECT count(*) FROM subjects_ended('00000000-0000-0000-0000-000000000000', 9)")
        assert cursor.fetchone() == (2,)


def test_every_table_about_people_is_erased_or_said_not_to_be(everything) -> None:
    (source,) = everything.execute("SELECT prosrc FROM pg_proc WHERE proname = 'subjects_erase'").fetchone()
    personal = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("anwang.")
        and any(getattr(model.Privacy, group, ()) for group in ("personal", "sensitive", "secret"))
    }
    assert sorted(table for table in personal - ELSEWHERE if table not in source) == []


def _everything(everything: psycopg.Connection) -> str:
    """Every table as text, but the directory."""
    tables = [
        name
        for (name,) in everything.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname !~ '^(directory|auth|django)_'"
        ).fetchall()
    ]
    return "\n".join(
        str(row) for name in tables for row in everything.execute(f"SELECT t::text FROM {name} t").fetchall()
    )
