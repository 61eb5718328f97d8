"""Who may read what of a case: a table a lawyer can check, asked of the database itself."""

from datetime import timedelta

import pytest

from anwang.access.actions import grant, worker_key
from anwang.access.states import Zone
from anwang.cases.actions import NewSubject, Sight, Told, record_contact, write_incident_note, write_note
from anwang.cases.models import (
    Case,
    CaseSubject,
    Contact,
    ContactSeen,
    ContactText,
    IncidentNote,
    Note,
    Observation,
)
from anwang.cases.queries import cases_at_hand, page
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.people.models import Person
from anwang.web.families import files
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db
ROOMS = {
    "case": Case, "subjects": CaseSubject, "contact": Contact, "words": ContactText, "seen": ContactSeen,
    "body": Observation, "note": Note, "incident": IncidentNote,
}  # fmt: skip
ALL = frozenset(ROOMS)
NOTHING = frozenset[str]()
WORK = frozenset({"case", "contact"})
READS = [
    ("worker", ALL),
    ("supervisor", ALL),
    ("chief", NOTHING),  # the chief of the bureau above, not of this unit
    ("partner", ALL - {"body"}),
    ("work_only", WORK),
    ("screener", NOTHING),
    ("worker2", NOTHING),
    ("adult_worker", NOTHING),
    ("welfare_supervisor", NOTHING),
    ("ngo_worker", NOTHING),
    ("clerk", NOTHING),
    ("administrator", NOTHING),
]


@pytest.fixture
def case(office: Office) -> Case:
    """A case with a visit, a note, an incident note, a partner unit and one that only knows of it."""
    made = office.child_case(family_id=office.family, circle="victim")
    by = office.be("worker")
    sights = (Sight(office.boy, "yes", observation="瘀青"), Sight(office.girl, "yes"))
    record_contact(matter_id=made.id, told=Told("home", "met", clock.now(), summary="家訪", sights=sights), by=by)
    write_note(matter_id=made.id, text="校方來電", by=by, at=clock.now())
    write_incident_note(about="陳小宇", text="在櫃台哭", by=office.be("worker2"), at=clock.now())
    for key, zones in (("welfare_worker", (Zone.WORK, Zone.CASE)), ("night", (Zone.WORK,))):
        holder = worker_key(office.workers[key])
        grant(file_id=made.id, holder=holder, zones=zones, because="joining", by=by, at=clock.now())
    return made


def name_of(key: str) -> str:
    return {"partner": "welfare_worker", "work_only": "night"}.get(key, key)


@pytest.mark.parametrize(("key", "expected"), READS)
def test_reads_by_relation_only(office: Office, case: Case, key: str, expected: frozenset[str]) -> None:
    office.be(name_of(key))
    assert {name for name, model in ROOMS.items() if model.objects.exists()} == expected


@pytest.mark.parametrize(("key", "expected"), READS)
def test_opens_the_page_for_the_same_people(office: Office, case: Case, key: str, expected: frozenset[str]) -> None:
    viewer, number = office.be(name_of(key)), office.matter(case.id).number
    if not expected:
        with pytest.raises(NotFound):
            page(viewer, number)
        return
    shown = page(viewer, number)
    assert bool(shown.subjects) == ("subjects" in expected)
    assert any(one.text for one in shown.entries) == ("words" in expected)
    assert any(sight.observation for one in shown.entries for sight in one.sightings) == ("body" in expected)


def test_gives_the_other_side_neither_lane_nor_number_nor_name(office: Office, case: Case) -> None:
    his = office.child_case(
        kind="mental_health", subjects=[NewSubject(office.father, "other_party")], circle="other",
        worker="adult_worker", unit="adult", family_id=office.family,
    )  # fmt: skip
    viewer = office.be("adult_worker")
    assert [file.id for file in files.files(viewer, family_id=office.family)] == [his.id]
    assert [line.id for line in cases_at_hand(viewer)] == [his.id]
    assert set(Person.objects.values_list("id", flat=True)) == {office.father}


def test_shows_a_partner_the_year_of_the_lane_but_not_what_he_may_not_read(office: Office, case: Case) -> None:
    year = clock.now() - timedelta(days=365)
    lane = files.files(office.be("night"), family_id=office.family, since=year)[0]
    assert (lane.title, lane.unit, len(lane.touches)) == ("兒少保護", "家防中心兒保組", 1)
    assert not files.files(office.be("clerk"), family_id=office.family)


def test_keeps_an_incident_note_from_its_author(office: Office, case: Case) -> None:
    office.be("worker2")
    assert not IncidentNote.objects.exists()
    assert IncidentNote.objects.filter(by_id=office.workers["worker2"]).count() == 0


def test_ends_reading_with_the_grant(office: Office, case: Case) -> None:
    office.hands.advance(timedelta(minutes=1))
    from anwang.access.actions import end_grants

    by = office.be("worker")
    end_grants(
        file_id=case.id, holder=worker_key(office.workers["welfare_worker"]), because="joining", by=by, at=clock.now()
    )
    office.hands.advance(timedelta(minutes=1))
    office.be("welfare_worker")
    assert not Case.objects.exists()
