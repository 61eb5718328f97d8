"""Finding applies the grants; look-ups for a call show flags only; identities are decided and undone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.audit.models import Act, Reading
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.national_id import make_test_id
from anwang.foundation.roc import PartialDate
from anwang.people import actions, queries
from anwang.people.models import Person
from tests.unit.people.test_writing_people import HIDING, NIGHT, add, file_of
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NUMBER = make_test_id("U", 2, 7)


@pytest.fixture
def world(at) -> World:
    at(NIGHT + timedelta(minutes=30))
    return build_world(night=(NIGHT - timedelta(hours=4), NIGHT + timedelta(hours=9)))


def names_found(world: World, worker: str, text: str) -> list[str]:
    return [one.name for one in queries.search(world.viewer(worker), text)]


@pytest.fixture
def mother(world: World) -> Person:
    file_id = file_of(world)
    person = add(
        world, file_id, "涂鍾采伶", sex="female", birth=PartialDate(1990, 5, 3), identifiers=[("national_id", NUMBER)]
    )
    by = world.viewer("worker")
    actions.add_address(
        person_id=person.id, kind="registered", text="望潮縣河岬鎮無此路9001號", area_code="99001010", by=by, at=NIGHT
    )
    actions.add_contact_point(person_id=person.id, kind="mobile", value="0912-000-123", by=by, at=NIGHT)
    return person


@pytest.mark.parametrize("text", ["凃", "采伶", "鐘采伶", NUMBER.lower(), "0912 000 123", "無此路9001", "河岬鎮無此路"])
def test_finds_by_each_way_only_what_the_viewer_reads(world: World, mother: Person, text: str) -> None:
    assert names_found(world, "worker", text) == ["涂鍾采伶"]
    assert names_found(world, "worker2", text) == []


def test_finds_by_the_number_of_a_matter_and_of_a_family(world: World) -> None:
    by = world.viewer("worker")
    family = actions.open_family(label="高玉蘭家", county="99001", by=by, at=NIGHT)
    file_id = file_of(world, family_id=family.id)
    person = add(world, file_id, "高玉蘭")
    actions.count_in(family_id=family.id, person_id=person.id, by=by, at=NIGHT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM matters_matter WHERE id = %s", [file_id])
        number = cursor.fetchone()[0]
    assert names_found(world, "worker", number.lower()) == ["高玉蘭"]
    assert names_found(world, "worker", family.number) == ["高玉蘭"]
    assert names_found(world, "worker2", number) == []
    assert names_found(world, "worker2", family.number) == []


def test_keeps_no_text_of_what_was_searched(world: World, mother: Person) -> None:
    names_found(world, "worker", "涂鍾采伶")
    act = Act.objects.get(verb="people.searched")
    assert act.details["found"] == 1
    assert "采" not in str(act.details)
    with pytest.raises(BadInput):
        names_found(world, "worker", " ")


def test_never_finds_by_a_safety_address_nor_by_where_a_shielded_person_lives(world: World, mother: Person) -> None:
    by = world.viewer("worker")
    actions.add_address(person_id=mother.id, kind="living", text="望潮縣東汀鄉無名街9100號", by=by, at=NIGHT)
    actions.add_safety_address(person_id=mother.id, text=HIDING, ask_whom="成保組 (08)000-1000", by=by, at=NIGHT)
    assert names_found(world, "worker", "無此路三段9001") == []
    assert names_found(world, "worker", "東汀鄉無名街") == []
    assert names_found(world, "worker", "無此路9001號") == ["涂鍾采伶"]


def lookup(world: World, worker: str, text: str, file_id):
    viewer = world.viewer(worker, purpose="intake")
    return queries.look_up_for_call(viewer, text, number="T115-0000-0000", file_id=file_id)


def test_a_look_up_for_a_call_shows_flags_of_anybody_and_is_traced(world: World, mother: Person) -> None:
    report = file_of(world, "screener", "intake")
    flags = lookup(world, "screener", "采伶", report)
    assert [(one.name, one.birth, one.township, one.sealed) for one in flags] == [("涂鍾采伶", "79年生", "河岬鎮", "")]
    assert flags[0].known == ("案件，處理中・家防中心兒保組・(08)000-1000",)
    assert Reading.objects.get(what="people.lookup").because == "T115-0000-0000"
    assert names_found(world, "screener", "采伶") == []


def test_a_look_up_is_empty_without_the_role_or_without_the_file(world: World, mother: Person) -> None:
    own = file_of(world, "worker2")
    assert lookup(world, "worker2", "采伶", own) == ()
    assert lookup(world, "screener", "采伶", own) == ()
    assert lookup(world, "screener", "采伶", uuid4()) == ()


def test_a_look_up_never_says_where_a_shielded_person_is_known(world: World, mother: Person) -> None:
    report = file_of(world, "screener", "intake")
    by = world.viewer("worker")
    actions.add_safety_address(person_id=mother.id, text=HIDING, ask_whom="網絡聯繫窗口 (08)000-1113", by=by, at=NIGHT)
    flag = lookup(world, "screener", "采伶", report)[0]
    assert (flag.township, flag.known, flag.sealed) == ("", (), "網絡聯繫窗口 (08)000-1113")


def test_the_other_partys_side_finds_nothing_of_the_victim(world: World, mother: Person) -> None:
    his_file = file_of(world, "adult_worker", "adult")
    add(world, his_file, "陳志豪", "adult_worker", circle="other")
    assert names_found(world, "adult_worker", "采伶") == []
    assert not Person.objects.filter(id=mother.id).exists()
    for table in ("address", "identifier", "contactpoint", "kinship", "householdmember", "familymember", "shield"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM people_{table} WHERE person_id = %s", [mother.id])
            assert cursor.fetchone()[0] == 0, table


def test_names_reasons_and_never_trusts_a_number_alone(world: World, mother: Person) -> None:
    file_id = file_of(world)
    twin = add(world, file_id, "凃鐘采伶", birth=PartialDate(1990, 5, 3))
    lent = add(world, file_id, "黎氏秋", birth=PartialDate(1985), identifiers=[("national_id", NUMBER)])
    found = {one.person_id: one for one in queries.candidates(world.viewer("worker"), mother.id)}
    assert found[twin.id].agrees == ("同姓名", "同生日")
    assert found[twin.id].likeness == "很可能是同一人"
    assert (found[lent.id].agrees, found[lent.id].likeness) == (("同證號",), "依據不多，請再查")
    assert found[lent.id].differs == ("姓名不同", "生日不同")


def test_decides_undoes_and_refuses_a_contradiction(world: World) -> None:
    file_id = file_of(world)
    a, b, c = (add(world, file_id, f"甲{n}") for n in "乙丙丁")

    def decide(one: Person, other: Person, verdict: str) -> None:
        actions.decide_identity(
            person_id=one.id, other_id=other.id, verdict=verdict, by=world.viewer("worker"), at=NIGHT
        )

    def roots() -> list[object]:
        return [Person.objects.get(id=one.id).identity_id for one in (a, b, c)]

    decide(a, b, "same")
    decide(c, b, "same")
    assert len(set(roots())) == 1
    with pytest.raises(Conflict), transaction.atomic():
        decide(a, c, "apart")
    decide(b, a, "unsure")
    assert roots() == [a.id, b.id, b.id]
    decide(a, c, "apart")
    with pytest.raises(Conflict), transaction.atomic():
        decide(a, b, "same")


def test_an_identity_is_one_level_deep_and_moves_only_by_decisions(world: World) -> None:
    person = add(world, file_of(world))
    other = add(world, file_of(world), "甲乙")
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Person.objects.filter(id=person.id).update(identity_id=other.id)
    middle = uuid4()
    Person.objects.create(id=middle, identity_id=other.id, recorded_at=NIGHT)
    Person.objects.create(id=uuid4(), identity_id=middle, recorded_at=NIGHT)
    with (
        pytest.raises(IntegrityError, match="identity_is_a_root"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


def test_finds_a_corrected_name_by_the_former_one_only_for_whoever_reads_the_person(world: World) -> None:
    file_id = file_of(world)
    person = add(world, file_id, "余子情", sex="female")
    namesake = add(world, file_id, "余子情")
    by = world.viewer("worker")
    actions.correct_person(
        person_id=person.id, name="余子晴", source="register", because="字寫錯", by=by, at=NIGHT + timedelta(minutes=20)
    )
    found = queries.search(world.viewer("worker"), "余子情")
    assert [(one.id, one.name, one.once) for one in found] == [
        (namesake.id, "余子情", ""),
        (person.id, "余子晴", "余子情"),
    ]
    assert found[1].how == "曾記為這個姓名"
    assert [one.once for one in queries.search(world.viewer("worker"), "余子晴")] == [""]
    assert names_found(world, "worker2", "余子情") == []


def test_keeps_no_search_key_of_a_former_code(world: World) -> None:
    person = add(world, file_of(world), "甲0307", name_kind="code")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_correction (id, person_id, name, name_key, name_kind, sex, birth_is_approximate,"
            " source, because, recorded_at) VALUES (gen_random_uuid(), %s, '甲0307', '甲0307', 'code', 'unknown',"
            " false, 'said', '', now())",
            [person.id],
        )
