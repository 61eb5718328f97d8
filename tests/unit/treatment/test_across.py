"""What each side sees of the other: her worker how far he is and whether he came; his worker nothing of where she is.

The truth table is walked cell by cell; then every page text of his side is compared with and without her.
"""

from datetime import timedelta

import pytest
from django.db import connection

from anwang.cases.models import NotedChange
from anwang.foundation import clock
from anwang.matters.models import Duty
from anwang.people.actions import add_safety_address
from anwang.treatment import queries
from anwang.treatment.actions import mark_came, note_threat, warned
from anwang.treatment.models import Threat
from tests.unit.cases.office import Office
from tests.unit.treatment.conftest import Sides, order_of, programme_of

pytestmark = pytest.mark.django_db
HIDING = "珊瑚縣浪花路9088號"
READERS = {
    # who: (reads the programme, is told across)
    "welfare_worker": (True, False),
    "welfare_supervisor": (True, False),
    "adult_worker": (False, True),
    "adult_supervisor": (False, True),
    "worker": (False, False),
    "ngo_worker": (False, False),
    "nurse": (False, False),
    "clerk": (False, False),
    "screener": (False, False),
    "chief": (False, False),
    "administrator": (False, False),
    "privacy": (False, False),
}


@pytest.mark.parametrize("key", READERS)
def test_each_reader_sees_his_side_or_hers_or_neither(sides: Sides, key: str) -> None:
    reads, is_told = READERS[key]
    viewer = sides.office.be(key)
    assert bool(queries.programmes(viewer)) == reads
    assert bool(queries.across(viewer, sides.hers.id)) == is_told
    assert queries.across(viewer, sides.his) == ()


def marked(sides: Sides, *attended: str) -> None:
    for one, came in zip(sides.sessions(len(attended)) if attended else (), attended, strict=True):
        sides.office.hands.advance(timedelta(days=7, hours=1))
        mark_came(session_id=one.id, came=came, words="他說的話", by=sides.office.be("welfare_worker"), at=clock.now())


@pytest.mark.parametrize(
    ("attended", "progress", "came"),
    [((), "not_begun", ""), (("yes",), "going_on", "出席"), (("yes", "no"), "stayed_away", "缺席"),
     (("excused",), "not_begun", "")],
)  # fmt: skip
def test_she_learns_how_far_and_whether_he_came_and_nothing_else(
    sides: Sides, attended: tuple[str, ...], progress: str, came: str
) -> None:
    marked(sides, *attended)
    (found,) = queries.across(sides.office.be("adult_worker"), sides.hers.id)
    assert (found.progress, found.came_text) == (progress, came)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM treatment_across(%s)", [sides.hers.id])
        assert [column.name for column in cursor.description] == ["order_id", "progress", "came", "county"]


def test_a_county_may_keep_attendance_to_itself(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    marked(sides, "yes")
    monkeypatch.setattr(queries.rules, "tells_attendance", lambda county: False)
    (found,) = queries.across(sides.office.be("adult_worker"), sides.hers.id)
    assert (found.progress, found.came_text) == ("going_on", "")


def test_an_order_without_a_programme_or_of_another_number_or_man_tells_nothing(office: Office) -> None:
    from anwang.cases.actions import NewSubject  # the office of this test has no sides yet

    hers = office.child_case(
        kind="intimate_violence", circle="victim", subjects=[NewSubject(office.mother, "victim")],
        worker="adult_worker", unit="adult",
    )  # fmt: skip
    order_of(office, hers, number="115年度家護字第9002號")
    order_of(office, hers, number="115年度家護字第9003號", terms=("no_violence",))
    programme_of(office, number="115年度家護字第9001號")
    programme_of(office, number="115年度家護字第9003號")
    assert queries.across(office.be("adult_worker"), hers.id) == ()


def test_a_threat_reminds_her_worker_at_once_and_says_no_more(sides: Sides) -> None:
    by = sides.office.be("welfare_worker")
    now = clock.now()
    note_threat(programme_id=sides.programme.id, words="說要去學校等她。", happened_at=now, by=by, at=now)
    assert Duty.objects.filter(matter_id=sides.his, rule_id="treatment.warn", state="open").exists()
    threat = Threat.objects.get()
    warned(threat_id=threat.id, whom="望潮分局家防官", by=sides.office.be("welfare_worker"), at=clock.now())
    sides.office.be("welfare_worker")
    assert not Duty.objects.filter(matter_id=sides.his, rule_id="treatment.warn", state="open").exists()
    sides.office.be("adult_worker")
    found = list(NotedChange.objects.filter(matter_id=sides.hers.id).values_list("kind", "words", "is_reminder"))
    assert found == [("threat", "", True)]
    assert Duty.objects.filter(matter_id=sides.hers.id, rule_id="change.reassess_now", state="open").exists()


def test_nothing_of_her_place_is_in_his_page_and_its_shape_stays(sides: Sides) -> None:
    marked(sides, "yes", "no")
    before = queries.programme_page(sides.office.be("welfare_worker"), sides.programme.id)
    add_safety_address(
        person_id=sides.office.mother, text=HIDING, ask_whom="望潮縣家防中心", by=sides.office.be("adult_worker"),
        at=clock.now(),
    )  # fmt: skip
    after = queries.programme_page(sides.office.be("welfare_worker"), sides.programme.id)
    assert repr(after) == repr(before)
    for secret in (HIDING, "珊瑚", "林佳安", "浪花路"):
        assert secret not in repr(after)
