"""A meeting explains readings of its members: its papers while they are open, its agenda on its day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anwang.access.viewer import service_viewer
from anwang.audit.actions import reading
from anwang.conferences import actions, queries
from anwang.conferences.models import Part, Proposal
from anwang.foundation import clock
from anwang.matters.models import Matter
from anwang.oversight import jobs
from anwang.oversight.models import Ground, Unexplained
from tests.unit.cases.office import Office
from tests.unit.conferences.table import MEETS, called, invited, laid

DAY = timedelta(days=1)
EXPLAINS = [
    # who, invited as, which file, days from the meeting, explained
    ("police", "hers", "hers", 0, True),
    ("police", "hers", "hers", -1, False),
    ("police", "hers", "hers", 1, False),
    ("police", "hers", "his", 0, False),
    ("police", "his", "his", 0, True),
    ("police", "bridge", "his", 0, True),
    ("prosecutor", None, "hers", 0, False),
    ("worker2", None, "his", 0, True),  # keeps the record
]


@pytest.mark.parametrize(("who", "side", "whose", "days", "explained"), EXPLAINS)
def test_explains_on_its_day_on_the_side_of_the_file(
    office: Office, who: str, side: str | None, whose: str, days: int, explained: bool
) -> None:
    table = laid(office)
    if side:
        invited(office, table.meeting, who, side, side_because="家防官" if side == "bridge" else "")
    file = table.hers.id if whose == "hers" else table.his.id
    at = MEETS + DAY * days - timedelta(hours=4)
    assert queries.explains(office.be("privacy"), office.workers[who], file, at) is explained


def _night(office: Office, what: str, days: int) -> list[str]:
    """What the nightly look makes of one reading of her file by the police officer invited to her side."""
    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    office.hands.advance(MEETS + DAY * days - timedelta(hours=4) - clock.now())
    reading(what, by=office.be("police"), file_id=table.hers.id, zone="case")
    day = clock.today()
    office.hands.advance(DAY)
    jobs.look_through(day, clock.now())
    service_viewer("oversight", at=clock.now())
    if Unexplained.objects.filter(day=day, file_id=table.hers.id).exists():
        return []
    return list(Ground.objects.filter(day=day).exclude(ground="").values_list("ground", flat=True))


NIGHTS = [("cases.case", 0, ["meeting"]), ("cases.case", -2, []), ("meeting.part", -2, ["meeting"])]


@pytest.mark.parametrize(("what", "days", "grounds"), NIGHTS)
def test_is_known_to_the_nightly_look(office: Office, what: str, days: int, grounds: list[str]) -> None:
    assert _night(office, what, days) == grounds


def test_explains_nothing_that_was_called_off(office: Office) -> None:
    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    actions.call_off(meeting_id=table.meeting.id, by=office.be("worker2"), at=clock.now())
    assert not queries.explains(office.be("privacy"), office.workers["police"], table.hers.id, MEETS)


def test_offers_what_the_number_of_units_brings(office: Office) -> None:
    from anwang.cases import events as cases
    from anwang.matters.actions import happened, open_matter
    from anwang.matters.holder import Holder
    from tests.unit.conferences.table import her_case, proposed

    hers = her_case(office)
    lead = open_matter(
        kind="coordination", county="99001", accountable_id=office.units["protection"],
        acting=Holder(office.units["protection"], office.workers["worker"]), opened_at=clock.now(),
        event=cases.COORDINATION_OPENED, facts={"units": 9}, by=office.be("worker"), family_id=office.family,
    )  # fmt: skip
    happened(matter_id=lead.id, event=cases.COORDINATION_CONFERENCE_DUE, at=clock.now(), by=office.be("worker"),
             facts={"units": 9})  # fmt: skip
    assert proposed(office, hers.id, "adult_worker").origin == "units"
    meeting = called(office)
    by = office.be("worker2")
    actions.take_proposal(meeting_id=meeting.id, proposal_id=Proposal.objects.get().id, by=by, at=clock.now())
    assert Part.objects.get().origin == "units"
    assert Matter.objects.get(id=lead.id).ended_at is None
