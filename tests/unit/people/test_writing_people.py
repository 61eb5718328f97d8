"""Persons are written as received, dated, sealed and shielded, and read only through the files they stand in."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.national_id import make_test_id
from anwang.foundation.roc import PartialDate
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.states import MatterKind
from anwang.people import actions, seals
from anwang.people.models import Address, ContactPoint, Identifier, NameSeal, Person, SafetyAddress, Shield
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
HIDING = "望潮縣河岬鎮無此路三段9001-2號5樓"


@pytest.fixture
def world(at) -> World:
    at(NIGHT + timedelta(minutes=30))
    return build_world(night=(NIGHT - timedelta(hours=4), NIGHT + timedelta(hours=9)))


def file_of(world: World, worker: str = "worker", unit: str = "protection", family_id: UUID | None = None) -> UUID:
    """A matter that `worker` acts on."""
    return matters.open_matter(
        kind=MatterKind.CASE, county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units[unit], world.workers[worker]), opened_at=NIGHT, event="case.opened",
        facts={"kind": "child_protection"}, by=world.viewer(worker), family_id=family_id,
    ).id  # fmt: skip


def add(world: World, file_id: UUID, name: str = "林佳安", worker: str = "worker", **more: object) -> Person:
    return actions.add_person(name=name, by=world.viewer(worker), at=NIGHT, file_id=file_id, **more)


def test_keeps_the_name_as_received_and_the_birth_as_partly_known(world: World) -> None:
    person = add(world, file_of(world), "鍾\u3000采伶", birth=PartialDate(1981, approximate=True))
    kept = Person.objects.get(id=person.id)
    assert kept.name == "鍾\u3000采伶"
    assert (kept.born_earliest, kept.born_latest, kept.birth_is_approximate) == (
        date(1981, 1, 1),
        date(1981, 12, 31),
        True,
    )
    assert kept.identity_id == kept.id


def test_seals_numbers_and_notes_a_wrong_check_digit_without_refusing(world: World) -> None:
    right = make_test_id("U", 2, 7)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    person = add(world, file_of(world), identifiers=[("national_id", right)])
    second = actions.add_identifier(
        person_id=person.id, kind="national_id", value=wrong.lower(), by=world.viewer("worker"), at=NIGHT
    )
    assert not second.is_checksum_valid
    first = Identifier.objects.get(person=person, is_checksum_valid=True)
    assert right.encode() not in bytes(first.sealed_value)
    assert seals.unseal(first.sealed_value, "identifier.value", first.id) == right
    assert bytes(first.lookup) == seals.number_lookup(f" {right[:5]}-{right[5:]} ")


def test_seals_the_name_behind_a_code_and_never_searches_it(world: World) -> None:
    person = add(world, file_of(world), "代號甲一一五", name_kind="code", real_name="王曉梅")
    kept = Person.objects.get(id=person.id)
    assert (kept.name, kept.name_key) == ("代號甲一一五", "")
    assert seals.unseal(NameSeal.objects.get(person=person).sealed_name, "name_seal.name", person.id) == "王曉梅"


def test_keeps_an_unborn_child_without_a_birth_and_lets_it_be_born(world: World) -> None:
    by = world.viewer("worker")
    file_id = file_of(world)
    with pytest.raises(BadInput):
        add(world, file_id, "林小胎", is_unborn=True, birth=PartialDate(2026))
    child = add(world, file_id, "", is_unborn=True, due_on=date(2026, 6, 1))
    assert child.name_kind == "unknown"
    actions.note_birth(person_id=child.id, born_on=date(2026, 5, 20), by=by, at=NIGHT)
    assert Person.objects.get(id=child.id).born_latest == date(2026, 5, 20)


def test_a_new_address_ends_the_former_of_the_same_kind_and_source(world: World) -> None:
    by = world.viewer("worker")
    person = add(world, file_of(world))
    for source, text in [("register", "甲村1號"), ("said", "乙村2號"), ("said", "丙村3號")]:
        actions.add_address(
            person_id=person.id, kind="living", source=source, text=text, since_on=date(2026, 3, 1), by=by, at=NIGHT
        )
    live = Address.objects.filter(person=person, until_on__isnull=True)
    assert set(live.values_list("source", "text")) == {("register", "甲村1號"), ("said", "丙村3號")}
    assert Address.objects.get(text="乙村2號").until_on == date(2026, 3, 1)


def test_a_safety_address_is_sealed_shields_and_hides_the_same_place_everywhere(world: World) -> None:
    by = world.viewer("worker")
    file_id = file_of(world)
    mother, child = add(world, file_id), add(world, file_id, "林小宇")
    stranger = add(world, file_of(world, "worker2"), "陳不識", "worker2")
    for person in (mother, child):
        world.viewer("worker")
        actions.add_address(
            person_id=person.id, kind="living", source="agency", text="望潮縣河岬鎮無此路3段9001號之2", by=by, at=NIGHT
        )
    actions.add_address(person_id=stranger.id, kind="living", text=HIDING, by=world.viewer("worker2"), at=NIGHT)
    by = world.viewer("worker")
    safety = actions.add_safety_address(person_id=mother.id, text=HIDING, ask_whom="成保組", by=by, at=NIGHT)
    assert HIDING.encode() not in bytes(safety.sealed_text)
    assert Shield.objects.get(person=mother).ask_whom == "成保組"
    assert set(Address.objects.values_list("is_hidden", flat=True)) == {True}
    # A list from elsewhere arrives later with the child's new address in it.
    late = actions.add_address(person_id=child.id, kind="school", text=HIDING, by=by, at=NIGHT)
    assert late.is_hidden
    # The supervisor reads the case, not the safety zone.
    world.viewer("supervisor")
    assert Person.objects.filter(id=mother.id).exists()
    assert not Address.objects.filter(person_id__in=[mother.id, child.id]).exists()
    assert not SafetyAddress.objects.exists()
    assert Shield.objects.filter(person=mother).exists()
    # Somebody who has nothing to do with her keeps his own address.
    world.viewer("worker2")
    assert list(Address.objects.values_list("is_hidden", flat=True)) == [False]


def test_the_same_number_again_replaces_what_was_noted_about_it(world: World) -> None:
    by = world.viewer("worker")
    person = add(world, file_of(world))
    for typed, when in [("0912-000-123", "平日"), ("+886 912 000 123", "週三9至11時")]:
        actions.add_contact_point(person_id=person.id, kind="mobile", value=typed, safe_when=when, by=by, at=NIGHT)
    live = ContactPoint.objects.get(person=person, until_on__isnull=True)
    assert (live.lookup, live.safe_when) == ("0912000123", "週三9至11時")


def test_a_stranger_can_neither_read_nor_describe_a_person(world: World) -> None:
    person = add(world, file_of(world))
    by = world.viewer("worker2")
    with pytest.raises(NotFound):
        actions.add_address(person_id=person.id, kind="living", text="甲村1號", by=by, at=NIGHT)
    with pytest.raises(NotFound):
        actions.relate(
            person_id=person.id,
            relation="parent",
            to_id=add(world, file_of(world, "worker2"), "陳不識", "worker2").id,
            by=by,
            at=NIGHT,
        )


def test_the_application_changes_only_ends(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""SELECT DISTINCT column_name FROM information_schema.column_privileges
          WHERE grantee = 'anwang_app' AND privilege_type = 'UPDATE' AND table_name LIKE 'people_%'""")
        columns = {name for (name,) in cursor.fetchall()}
    assert columns == {
        "until_on", "until_at", "is_unborn", "born_earliest", "born_latest", "birth_is_approximate", "died_on",
        "languages", "needs_interpreter", "is_restricted", "name", "name_kind", "name_key", "sex",
    }  # fmt: skip
