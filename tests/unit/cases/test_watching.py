"""A change reaches whoever serves the family on the same side, the lead, and across only what may cross."""

from datetime import timedelta

import pytest

from anwang.cases.actions import NewSubject, join_report, note_change, open_coordination, reassess, submit_assessment
from anwang.cases.models import NotedChange
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db
WORDS = "房東說上週搬走了，車子也不在。"


def owed(case_id) -> set[str]:  # type: ignore[no-untyped-def]
    rules = ("change.reassess", "change.reassess_now", "coordination.change")
    found = Duty.objects.filter(matter_id=case_id, state="open", rule_id__in=rules)
    return set(found.values_list("rule_id", flat=True))


@pytest.fixture
def sides(office: Office):  # type: ignore[no-untyped-def]
    """Her children's case, her own, and his: one family, two sides."""
    family = {"family_id": office.family}
    children = office.child_case(circle="victim", **family)
    hers = office.child_case(
        kind="intimate_violence", circle="victim", subjects=[NewSubject(office.mother, "victim")],
        worker="adult_worker", unit="adult", **family,
    )  # fmt: skip
    his = office.child_case(
        kind="mental_health", circle="other", subjects=[NewSubject(office.father, "other_party")],
        worker="welfare_worker", unit="welfare", **family,
    )  # fmt: skip
    return children, hers, his


def test_a_change_of_hers_reaches_her_side_with_its_words_and_never_his(office: Office, sides) -> None:  # type: ignore[no-untyped-def]
    children, hers, his = sides
    note_change(case_id=hers.id, kind="move", words=WORDS, happened_at=clock.now(), by=office.be("adult_worker"))
    assert owed(hers.id) == owed(children.id) == {"change.reassess"}
    assert owed(his.id) == set()
    office.be("worker")
    assert NotedChange.objects.get(matter_id=children.id).words == WORDS
    office.be("welfare_worker")
    assert not NotedChange.objects.exists()


CROSSING = [
    ("release", True), ("threat", True), ("discharge", True), ("job_loss", False), ("relapse", False), ("move", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "crosses"), CROSSING)
def test_from_his_side_only_what_warns_her_crosses_and_then_without_words(
    office: Office, sides, kind: str, crosses: bool
) -> None:  # type: ignore[no-untyped-def]
    _children, hers, his = sides
    note_change(case_id=his.id, kind=kind, words="他說的話", happened_at=clock.now(), by=office.be("welfare_worker"))
    office.be("adult_worker")
    found = list(NotedChange.objects.filter(matter_id=hers.id).values_list("words", "is_reminder", "by"))
    assert found == ([("", True, None)] if crosses else [])
    assert bool(owed(hers.id)) == crosses


def test_a_partner_of_the_file_may_tell_and_a_stranger_may_not(office: Office, sides) -> None:  # type: ignore[no-untyped-def]
    children, _hers, _his = sides
    with pytest.raises(Refused):
        note_change(case_id=children.id, kind="absence", words="", happened_at=clock.now(), by=office.be("nurse"))
    note_change(case_id=children.id, kind="absence", words="", happened_at=clock.now(), by=office.be("supervisor"))
    assert owed(children.id) == {"change.reassess"}


def test_the_lead_is_told(office: Office, sides) -> None:  # type: ignore[no-untyped-def]
    children, _hers, his = sides
    lead = open_coordination(
        family_id=office.family, county="99001", accountable_id=office.units["protection"],
        lead=Holder(office.units["protection"], office.workers["worker"]), by=office.be("worker"), at=clock.now(),
    )  # fmt: skip
    note_change(case_id=his.id, kind="release", words="", happened_at=clock.now(), by=office.be("welfare_worker"))
    assert owed(lead.id) == set()
    note_change(case_id=children.id, kind="absence", words="", happened_at=clock.now(), by=office.be("worker"))
    assert owed(lead.id) == {"coordination.change"}


def test_a_new_report_is_a_change_for_the_other_files_of_the_family(office: Office, sides) -> None:  # type: ignore[no-untyped-def]
    children, hers, his = sides
    report = office.another_report()
    join_report(case_id=children.id, report_id=report.id, as_what="new_event", at=clock.now(), by=office.be("screener"))
    assert owed(hers.id) == {"change.reassess_now"}
    assert owed(his.id) == set()


def test_saying_what_it_means_ends_the_duty_and_so_does_a_report(office: Office, sides) -> None:  # type: ignore[no-untyped-def]
    children, hers, _his = sides
    note_change(case_id=children.id, kind="carer_gone", words="", happened_at=clock.now(), by=office.be("worker"))
    assert owed(children.id) == {"change.reassess_now"}
    with pytest.raises(BadInput):
        reassess(case_id=children.id, meaning="same", words=" ", by=office.be("worker"), at=clock.now())
    by, now = office.be("worker"), clock.now()
    reassess(case_id=children.id, meaning="graver", words="外婆接走，今晚去看。", by=by, at=now)
    assert owed(children.id) == set()
    four = {"facts": "甲", "needs": "乙", "goals": "丙", "plan": "丁"}
    submit_assessment(matter_id=hers.id, form="general", by=office.be("adult_worker"), at=clock.now(), **four)
    assert owed(hers.id) == set()


def test_a_change_has_a_kind_of_the_list_and_has_happened(office: Office, sides) -> None:  # type: ignore[no-untyped-def]
    children, _hers, _his = sides
    soon = clock.now() + timedelta(hours=1)
    for kind, at in (("weather", clock.now()), ("move", soon)):
        with pytest.raises(BadInput):
            note_change(case_id=children.id, kind=kind, words="", happened_at=at, by=office.be("worker"))
