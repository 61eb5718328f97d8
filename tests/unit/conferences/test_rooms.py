"""The urgent-case room: for a time, for its members and nothing beyond, sealed after."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.audit.models import Reading
from anwang.cases.models import Case, Contact
from anwang.conferences import actions, jobs, queries
from anwang.conferences.models import Room, RoomEntry, RoomMember
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from anwang.people.models import Person
from tests.unit.cases.office import Office
from tests.unit.conferences.table import her_case, his_case

HOURS = timedelta(hours=12)


def opened(office: Office, case: Case, who: str = "adult_worker", **given: object) -> Room:
    told: dict[str, object] = {
        "purpose": "child_danger", "words": "今晚先確認孩子在哪", "basis": "child_56", "ends_at": clock.now() + HOURS,
        "members": [
            actions.Called(role="police", worker_id=office.workers["police"]),
            actions.Called(role="prosecutor", guest="望潮地檢署　管檢察官"),
        ],
    }  # fmt: skip
    wanted = actions.Wanted(**{**told, **given})  # type: ignore[arg-type]
    return actions.open_room(case_id=case.id, wanted=wanted, by=office.be(who), at=clock.now())


def guest(room: Room) -> UUID:
    return RoomMember.objects.get(room=room, role="prosecutor").id


def duties(room: Room) -> set[str]:
    return set(Duty.objects.filter(open_of=room.id).values_list("rule_id", flat=True))


OPENS = [
    ("adult_worker", True), ("adult_supervisor", True), ("supervisor", True),  # of the authority that answers for it
    ("welfare_worker", False), ("police", False), ("ngo_worker", False), ("chief", False), ("clerk", False),
]  # fmt: skip


@pytest.mark.parametrize(("who", "may"), OPENS)
def test_is_opened_by_the_social_side_of_the_case(office: Office, who: str, may: bool) -> None:
    case = her_case(office)
    if may:
        assert opened(office, case, who).sealed_at is None
    else:
        with pytest.raises(Refused):
            opened(office, case, who)


def test_has_a_purpose_a_basis_and_an_end(office: Office) -> None:
    case = her_case(office)
    for given in (
        {"purpose": "chat"}, {"basis": "because"}, {"words": " "}, {"ends_at": clock.now()},
        {"ends_at": clock.now() + timedelta(hours=73)},
    ):  # fmt: skip
        with pytest.raises(BadInput):
            opened(office, case, **given)


def test_lets_members_read_the_room_and_nothing_beyond(office: Office) -> None:
    case = her_case(office)
    room = opened(office, case)
    number = Matter.objects.get(id=room.id).number
    viewer = office.be("police")
    found = queries.room(viewer, number)
    assert (found.whom, found.reads_case) == ("林佳安", False)
    assert (Case.objects.count(), Contact.objects.count(), Person.objects.count()) == (0, 0, 0)
    for stranger in ("prosecutor", "welfare_worker", "nurse", "chief"):
        with pytest.raises(NotFound):
            queries.room(office.be(stranger), number)


def test_asks_for_the_prosecutor_until_he_was_asked(office: Office) -> None:
    room = opened(office, her_case(office))
    assert duties(room) == {"urgent_room.prosecutor", "urgent_room.end"}
    by = office.be("adult_worker")
    actions.take_step(room_id=room.id, step="police_told", text="110", by=by, at=clock.now())
    assert "urgent_room.prosecutor" in duties(room)
    actions.take_step(room_id=room.id, step="prosecutor_asked", text="電話報請", by=by, at=clock.now())
    assert duties(room) == {"urgent_room.end"}


def test_counts_asking_the_prosecutor_as_the_notice_of_the_case(office: Office) -> None:
    from anwang.matters.actions import happened

    case = office.child_case()
    by = office.be("worker")
    happened(matter_id=case.id, event="danger.found", at=clock.now(), by=by,
             facts={"kind": "child_protection", "found_at": clock.now()})  # fmt: skip
    rule = "child_protection.prosecutor_notice"
    assert Duty.objects.filter(open_of=case.id, rule_id=rule).exists()
    room = opened(office, case, "worker")
    actions.take_step(room_id=room.id, step="prosecutor_asked", text="電話報請", by=office.be("worker"), at=clock.now())
    assert not Duty.objects.filter(open_of=case.id, rule_id=rule).exists()


def test_writes_for_a_guest_without_an_account_and_for_nobody_else(office: Office) -> None:
    room = opened(office, her_case(office))
    by = office.be("adult_worker")
    entry = actions.take_step(room_id=room.id, step="directs", text="指揮偵辦", member_id=guest(room), by=by,
                              at=clock.now())  # fmt: skip
    assert (entry.member_id, entry.by) == (guest(room), office.workers["adult_worker"])
    with pytest.raises(BadInput):
        actions.take_step(room_id=room.id, step="directs", text="x", by=by, at=clock.now())
    police = RoomMember.objects.get(room=room, role="police").id
    with pytest.raises(BadInput):
        actions.say(room_id=room.id, text="x", member_id=police, by=by, at=clock.now())
    with pytest.raises(NotFound):
        actions.say(room_id=room.id, text="x", by=office.be("welfare_worker"), at=clock.now())


def test_ends_for_its_members_with_its_time_though_no_job_ran(office: Office) -> None:
    room = opened(office, her_case(office))
    actions.say(room_id=room.id, text="到了", by=office.be("police"), at=clock.now())
    office.hands.advance(HOURS)
    office.be("police")
    assert RoomEntry.objects.count() == 0
    by = office.be("adult_worker")
    assert RoomEntry.objects.count() == 1
    with pytest.raises(Conflict):
        actions.say(room_id=room.id, text="還沒完", by=by, at=clock.now())
    member = RoomMember.objects.filter(room=room).first()
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        RoomEntry(room=room, member=member, sort="message", text="x", at=clock.now(), by=by.worker_id,
                  recorded_at=clock.now()).save(force_insert=True)  # fmt: skip


def test_is_sealed_as_of_its_end_by_the_job(office: Office) -> None:
    room = opened(office, her_case(office))
    office.hands.advance(HOURS + timedelta(minutes=7))
    assert jobs.seal_rooms() == 1
    assert jobs.seal_rooms() == 0
    office.be("adult_worker")
    found = Room.objects.get()
    assert (found.sealed_at, found.sealed_by) == (room.ends_at, None)
    assert Matter.objects.get(id=room.id).ended_at == room.ends_at


def test_leaves_a_trace_of_every_look_after_sealing(office: Office) -> None:
    room = opened(office, her_case(office))
    by = office.be("adult_worker")
    actions.seal(room_id=room.id, outcome="已安置", by=by, at=clock.now())
    office.hands.advance(timedelta(minutes=1))
    number = Matter.objects.get(id=room.id).number
    with pytest.raises(NotFound):
        queries.room(office.be("police"), number)
    before = Reading.objects.filter(file_id=room.id).count()
    found = queries.room(office.be("adult_worker"), number)
    assert (found.is_over, found.is_member, found.may_keep, found.outcome) == (True, False, False, "已安置")
    assert Reading.objects.filter(file_id=room.id).count() == before + 1


def test_is_extended_for_a_reason_some_times_only(office: Office) -> None:
    room = opened(office, her_case(office))
    by = office.be("adult_worker")
    with pytest.raises(BadInput):
        actions.extend(room_id=room.id, until=room.ends_at + HOURS, because="", by=by, at=clock.now())
    for time in range(1, 4):
        actions.extend(room_id=room.id, until=room.ends_at + timedelta(hours=time), because="還沒找到", by=by,
                       at=clock.now())  # fmt: skip
    with pytest.raises(Refused):
        actions.extend(room_id=room.id, until=room.ends_at + HOURS, because="再", by=by, at=clock.now())
    with pytest.raises(Refused):
        actions.extend(room_id=room.id, until=room.ends_at + HOURS, because="再", by=office.be("police"),
                       at=clock.now())  # fmt: skip
    office.hands.advance(HOURS + timedelta(hours=2))
    office.be("police")
    assert Room.objects.count() == 1


def test_drops_a_member_at_once(office: Office) -> None:
    room = opened(office, her_case(office))
    by = office.be("adult_worker")
    police = RoomMember.objects.get(room=room, role="police").id
    actions.drop_member(member_id=police, by=by, at=clock.now())
    own = RoomMember.objects.get(room=room, worker_id=office.workers["adult_worker"]).id
    with pytest.raises(Refused):
        actions.drop_member(member_id=own, by=by, at=clock.now())
    office.hands.advance(timedelta(seconds=1))
    office.be("police")
    assert Room.objects.count() == 0


def test_keeps_files_small_and_of_known_kinds(office: Office) -> None:
    room = opened(office, her_case(office))
    by = office.be("police")
    for kind, body in (("application/x-sh", b"x"), ("text/plain", b""), ("text/plain", b"x" * (5 * 1024 * 1024 + 1))):
        with pytest.raises(BadInput):
            actions.add_file(room_id=room.id, given=actions.Given(name="x", media_type=kind, body=body), by=by,
                             at=clock.now())  # fmt: skip
    file = actions.add_file(room_id=room.id, given=actions.Given(name="傷單.txt", media_type="text/plain", body=b"x"),
                            by=by, at=clock.now())  # fmt: skip
    assert actions.read_file(file_id=file.id, by=office.be("adult_worker")).body == b"x"
    with pytest.raises(NotFound):
        actions.read_file(file_id=file.id, by=office.be("welfare_worker"))


def test_stays_shut_to_whoever_serves_the_other_party(office: Office) -> None:
    case = her_case(office)
    his_case(office)
    room = opened(office, case)
    office.be("welfare_worker")
    assert Room.objects.filter(id=room.id).count() == 0


def test_seals_only_by_its_own_job(office: Office) -> None:
    room = opened(office, her_case(office))
    office.be("police")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT conferences_seal_room(%s)", [room.id])
