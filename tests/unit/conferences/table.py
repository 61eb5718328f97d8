"""A high-risk meeting about the couple of the night, and short words to work on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.access.models import Account
from anwang.cases.actions import NewSubject
from anwang.cases.models import Case
from anwang.conferences import actions
from anwang.conferences.models import Decision, Invitation, Meeting, Part, Proposal
from anwang.directory.models import Appointment, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.instruments import actions as instruments
from tests.unit.cases.office import Office
from tests.world import SINCE, World

MEETS = datetime(2026, 3, 19, 14, tzinfo=clock.TAIPEI)
ENDS = MEETS + timedelta(hours=2)
DUE = date(2026, 4, 2)


@dataclass
class Table:
    """A meeting with both sides of the couple on its agenda."""

    office: Office
    meeting: Meeting
    hers: Case
    his: Case
    her_part: UUID
    his_part: UUID


def add_people(world: World) -> None:
    """A prosecutor and a police officer with accounts that read nothing but what they are invited to."""
    for key, name, kind in (("prosecutor", "管思齊", UnitKind.PROSECUTOR), ("police", "范振東", UnitKind.POLICE)):
        world.units[key], world.workers[key] = uuid7(), uuid7()
        Unit.objects.create(
            id=world.units[key], code=key, name=f"望潮{kind}", name_en=key, kind=kind, is_public=True,
            jurisdiction_id="99001", superior_id=None, on_system=True, phone="(08)000-1000", opened_on=date(2010, 1, 1),
        )  # fmt: skip
        Worker.objects.create(id=world.workers[key], name=name, name_en=key, phone="0900-000-900")
        Appointment.objects.create(
            worker_id=world.workers[key], unit_id=world.units[key], role=Role.NETWORK_GUEST, started_at=SINCE
        )
        Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)


def her_case(office: Office) -> Case:
    """The mother's case, held by 賴思穎 of adult protection."""
    return office.child_case(
        kind="intimate_violence", circle="victim", unit="adult", worker="adult_worker",
        subjects=[NewSubject(office.mother, "victim")], has_child="no", family_id=office.family,
    )  # fmt: skip


def his_case(office: Office, worker: str = "welfare_worker", unit: str = "welfare") -> Case:
    """A case about the father, held by 沈芷妍 unless somebody else is named."""
    return office.child_case(
        kind="mental_health", circle="other", worker=worker, unit=unit,
        subjects=[NewSubject(office.father, "other_party")], has_child="no", family_id=office.family,
    )  # fmt: skip


def called(office: Office, *, chair: str = "adult_supervisor", by: str = "worker2", sort: str = "high_risk") -> Meeting:
    planned = actions.Planned(
        sort=sort, title="115年3月高危機個案網絡會議", meets_at=MEETS, ends_at=ENDS, chair_id=office.workers[chair],
        place="縣府一樓",
    )  # fmt: skip
    return actions.call_meeting(planned=planned, by=office.be(by), at=clock.now())


def proposed(office: Office, file: UUID, by: str, to: str = "protection", sort: str = "high_risk") -> Proposal:
    return actions.propose(
        file_id=file, to_unit_id=office.units[to], sort=sort, because="危險升高，請各單位分工。", by=office.be(by),
        at=clock.now(),
    )  # fmt: skip


def invited(office: Office, meeting: Meeting, who: str, side: str = "hers", **more: object) -> Invitation:
    asked = actions.Asked(side=side, worker_id=office.workers[who], **more)  # type: ignore[arg-type]
    return actions.invite(meeting_id=meeting.id, asked=asked, by=office.be("worker2"), at=clock.now())


def laid(office: Office) -> Table:
    """Both cases on the agenda of one meeting, kept by 徐意涵 of the protection centre."""
    hers, his = her_case(office), his_case(office)
    meeting = called(office)
    parts = []
    for file, by in ((hers.id, "adult_worker"), (his.id, "welfare_worker")):
        proposal = proposed(office, file, by)
        part = actions.take_proposal(
            meeting_id=meeting.id, proposal_id=proposal.id, by=office.be("worker2"), at=clock.now()
        )
        parts.append(part.id)
    return Table(office, meeting, hers, his, *parts)


def held(table: Table, came: Collection[tuple[Invitation, str]] = ()) -> None:
    """The meeting took place; the clock stands an hour after it."""
    office = table.office
    if clock.now() < ENDS:
        office.hands.advance(ENDS + timedelta(hours=1) - clock.now())
    noted = {one.id: (code, "") for one, code in came}
    actions.hold(
        meeting_id=table.meeting.id, held=actions.Held(MEETS, ENDS, noted), by=office.be("worker2"), at=clock.now()
    )


def decided(table: Table, text: str = "兩週內完成安全計畫", **more: object) -> Decision:
    given: dict[str, object] = {
        "text": text, "number": "一", "part_id": table.her_part, "unit_id": table.office.units["adult"],
        "worker_id": table.office.workers["adult_worker"], "due_on": DUE,
    }  # fmt: skip
    return actions.decide(
        source_id=table.meeting.id, decided=actions.Decided(**{**given, **more}), by=table.office.be("worker2"),  # type: ignore[arg-type]
        at=clock.now(),
    )  # fmt: skip


def reported_danger(office: Office, case_id: UUID, result: str = "attention") -> UUID:
    """A result of the danger form, as the police told it to her worker."""
    form = instruments.Form(
        instrument="danger.intimate", matter_id=case_id, person_id=office.mother, network="police",
        reported=instruments.Reported("望潮分局", result, "TIPVDA 2.0簡版"), event_on=clock.today(),
    )  # fmt: skip
    return instruments.fill(form=form, by=office.be("adult_worker"), at=clock.now()).id


def sees(office: Office, who: str) -> set[UUID]:
    """Parts of any agenda that somebody reads now."""
    office.be(who)
    return set(Part.objects.values_list("id", flat=True))
