"""Short words to play courses of contacts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.actions import NewSubject, Sight, Told, open_case, record_contact
from anwang.cases.models import Case
from anwang.followups.course import Running, standing
from anwang.foundation import clock
from anwang.matters.holder import Holder
from tests.unit.cases.office import Office


def instant(text: str) -> datetime:
    """`2026-02-02 14:20` on a wall clock in Taipei."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.TAIPEI)


def case_of(office: Office, kind: str, at: str, *, subjects: list[NewSubject] | None = None) -> Case:
    """A case of this kind about the girl (ten years old), received and opened at this instant."""
    office.hands.at = instant(at)
    return open_case(
        kind=kind, county="99001", accountable_id=office.units["protection"],
        acting=Holder(office.units["protection"], office.workers["worker"]),
        subjects=subjects or [NewSubject(office.girl, "client")], opened_at=instant(at), by=office.be("screener"),
        family_id=office.family, facts={"received_at": instant(at), "known_at": instant(at)},
    )  # fmt: skip


def contact(office: Office, case_id: UUID, at: str, outcome: str, *, method: str = "home", by: str = "worker") -> None:
    """A contact with the girl, or an attempt, written down at once."""
    office.hands.at = max(office.hands.at, instant(at))
    seen = "yes" if outcome == "met" else "no"
    because = "" if seen == "yes" else "refused" if outcome == "refused" else "no_answer"
    told = Told(
        method, outcome, instant(at), place_kind="phone" if method == "phone" else "home",
        sights=[Sight(office.girl, seen, because)],
    )  # fmt: skip
    record_contact(matter_id=case_id, told=told, by=office.be(by))


def courses(case_id: UUID) -> tuple[Running, ...]:
    return standing(case_id).courses


def windows(course: Running) -> list[str]:
    """`2026-01-31..2026-02-28 3/4+3 effort`: days, reached of owed, tried, how it came out."""
    return [
        f"{one.begins_on}..{one.ends_on} {one.count.reached}/{one.contacts}+{one.count.tries} {one.came}"
        for one in course.windows
    ]


def job(office: Office, at: str) -> Viewer:
    """Let the nightly work be done at this instant."""
    from anwang.followups.jobs import roll_on

    office.hands.at = instant(at)
    roll_on(clock.now())
    return office.be("worker")
