"""高玉蘭家 in the invented county: three generations, several units, a closed door, a year of contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.access.actions import grant, worker_key
from anwang.cases.models import Case, Contact, ContactServes, Note
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.states import MatterKind
from anwang.people import actions
from tests.world import World

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=clock.TAIPEI)
HIDING = "青嵐縣隱山鄉無名谷路9777號3樓"
"""The canary: it may appear nowhere but after the traced click."""
ASK = "家防中心兒保組 (08)000-1000"


@dataclass(frozen=True)
class Gao:
    """The family by short names."""

    number: str
    family_id: UUID
    people: dict[str, UUID]
    files: dict[str, UUID]


def build_gao(world: World, *, joined: bool = False) -> Gao:
    """Write the family at a stopped clock; `joined` lets 簡伯勳 know of the other files."""
    by = world.viewer("worker")
    family = actions.open_family(label="高玉蘭家", county="99001", by=by, at=NOW - timedelta(days=130))
    files = {
        key: _file(world, family.id, *more)
        for key, *more in [
            ("child", "worker", "protection", "child_protection", 340),
            ("violence", "adult_worker", "adult", "intimate_violence", 300),
            ("family", "welfare_worker", "welfare", "vulnerable_family", 138),
        ]
    }
    people = _people(world, files)
    for key in people:
        world.viewer("worker")
        actions.count_in(family_id=family.id, person_id=people[key], by=by, at=NOW - timedelta(days=130))
    _contacts(world, files)
    if joined:
        for key, worker in (("violence", "adult_worker"), ("family", "welfare_worker")):
            grant(file_id=files[key], holder=worker_key(world.workers["worker"]), zones=("work",), because="joining",
                  by=world.viewer(worker), at=NOW - timedelta(days=1))  # fmt: skip
    return Gao(family.number, family.id, people, files)


def _file(world: World, family_id: UUID, worker: str, unit: str, kind: str, days: int) -> UUID:
    by = world.viewer(worker)
    opened = NOW - timedelta(days=days)
    matter = matters.open_matter(
        kind=MatterKind.CASE, county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units[unit], world.workers[worker]), opened_at=opened, event="case.opened",
        facts={"kind": kind}, by=by, family_id=family_id,
    )  # fmt: skip
    Case.objects.create(id=matter.id, kind=kind, phase="investigating", received_at=opened, recorded_at=opened)
    matters.set_step(
        matter_id=matter.id, code="visit", due_at=NOW + timedelta(hours=4 + days), by=by, at=NOW)  # fmt: skip
    return matter.id


def _people(world: World, files: dict[str, UUID]) -> dict[str, UUID]:
    by = world.viewer("worker")
    rows = [
        ("grandfather", "余金水", "male", date(1955, 2, 1)), ("grandmother", "高玉蘭", "female", date(1958, 3, 1)),
        ("aunt", "余文君", "female", date(1988, 4, 1)), ("father", "余文彬", "male", date(1985, 5, 1)),
        ("mother", "阮氏秋蓮", "female", date(1990, 6, 1)), ("girl", "余子晴", "female", date(2015, 7, 1)),
        ("boy", "余子睿", "male", date(2019, 8, 1)),
    ]  # fmt: skip
    people = {
        key: actions.add_person(
            name=name, sex=sex, birth=PartialDate.of(born), by=by, at=NOW, file_id=files["child"],
            died_on=date(2023, 5, 9) if key == "grandfather" else None,
        ).id
        for key, name, sex, born in rows
    }  # fmt: skip
    for person, relation, to in [
        ("grandfather", "spouse", "grandmother"), ("grandmother", "parent", "father"),
        ("grandfather", "parent", "father"),
        ("grandmother", "parent", "aunt"), ("grandfather", "parent", "aunt"), ("father", "former_spouse", "mother"),
        ("father", "parent", "girl"), ("mother", "parent", "girl"), ("father", "parent", "boy"),
        ("mother", "parent", "boy"),
    ]:  # fmt: skip
        actions.relate(person_id=people[person], relation=relation, to_id=people[to], by=by, at=NOW)
    _homes(people, by)
    actions.note_language(
        person_id=people["mother"], languages="越南語", needs_interpreter="yes", by=by, at=NOW)  # fmt: skip
    actions.add_risk(person_id=people["father"], kind="weapon", words="父親酒後曾持刀", go_in_pairs=True, by=by, at=NOW)
    actions.add_identifier(
        person_id=people["mother"], kind="resident_new", value=make_test_id("U", 9, 3), by=by, at=NOW)  # fmt: skip
    actions.add_contact_point(
        person_id=people["mother"], kind="mobile", value="0912-000-777", is_safe="yes", safe_when="週三9至11時",
        name_to_use="衛生所", may_leave_message="no", by=by, at=NOW,
    )  # fmt: skip
    actions.add_address(
        person_id=people["mother"], kind="registered", text="望潮縣河岬鎮無此路9001號", source="register",
        area_code="99001010", by=by, at=NOW,
    )  # fmt: skip
    actions.add_address(person_id=people["girl"], kind="living", text=HIDING, source="agency", by=by, at=NOW)
    actions.add_safety_address(person_id=people["mother"], text=HIDING, ask_whom=ASK, by=by, at=NOW)
    return people


def _homes(people: dict[str, UUID], by: object) -> None:
    for source, who in [
        ("seen", ("grandmother", "father", "girl", "boy")),
        ("register", ("grandmother", "father", "mother", "girl", "boy")),
    ]:  # fmt: skip
        home = None
        for key in who:
            home = actions.put_in_household(
                person_id=people[key], household_id=home, source=source, by=by, at=NOW).household_id  # fmt: skip


def _contacts(world: World, files: dict[str, UUID]) -> None:
    """A visit every three weeks for each file; the second file fell silent in the autumn."""
    for key, worker, unit, silent in [
        ("child", "worker", "protection", 3), ("violence", "adult_worker", "adult", 61),
        ("family", "welfare_worker", "welfare", 5),
    ]:  # fmt: skip
        world.viewer(worker)
        for days in range(silent, 130, 21):
            at = NOW - timedelta(days=days)
            contact_id = uuid7()
            Contact.objects.create(
                id=contact_id, matter_id=files[key], method="home", outcome="met" if days % 2 else "not_met",
                place_kind="home", started_at=at, recorded_at=at, by_id=world.workers[worker],
                unit_id=world.units[unit], written_by=world.workers[worker],
            )  # fmt: skip
            ContactServes.objects.create(contact_id=contact_id, matter_id=files[key], recorded_at=at)
    world.viewer("worker")
    Note.objects.create(
        id=uuid7(), matter_id=files["child"], text="祖母說兒子白天都在睡，晚上出門。\n子晴煮了晚餐。",
        at=NOW - timedelta(days=5), by_id=world.workers["worker"], unit_id=world.units["protection"],
        recorded_at=NOW - timedelta(days=5),
    )  # fmt: skip
