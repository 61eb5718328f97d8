"""Other systems and their tokens: issued once, kept as a sum, ended and never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from anwang.access.viewer import Viewer
from anwang.audit.models import Act
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.systems import queries
from anwang.systems.actions import IssuedToken, issue_token, register_system, retire_system, revoke_token
from anwang.systems.admission import admit
from anwang.systems.models import System, Token
from tests.world import World, build_world

NOW = "2026-05-20T09:00+08:00"
LATER = date(2026, 12, 31)
ELSEWHERE = """
INSERT INTO systems_token (id, system_id, county_id, prefix, scopes, issued_at, expires_at)
SELECT gen_random_uuid(), id, '99002', 'abcdefgh', '{fhir:read}', registered_at, registered_at + interval '1 day'
  FROM systems_system
"""


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


def registered(by: Viewer, **changes: object) -> System:
    known = {
        "code": "hospital", "name": "望潮醫院", "name_en": "Wangchao Hospital", "agency": "望潮醫院",
        "reach": "county", "channels": ("api",), "contact_unit": "資訊室", "contact_phone": "(08)000-2000",
    }  # fmt: skip
    return register_system(**{**known, **changes}, by=by, at=clock.now())  # type: ignore[arg-type]


def issued(system: System, by: Viewer, *scopes: str, until: date = LATER) -> IssuedToken:
    return issue_token(
        system_id=system.id, scopes=scopes or ("reports:write",), expires_on=until, by=by, at=clock.now()
    )


def test_admits_a_token_and_names_its_system_to_the_database(world: World) -> None:
    by = world.viewer("administrator")
    token = issued(registered(by), by, "reports:write", "reports:read")
    found = admit(token.plain)
    assert found is not None
    assert (found.code, found.viewer.county, found.ended) == ("hospital", "99001", "")
    assert found.scopes == {"reports:write", "reports:read"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('anwang.service'), current_setting('anwang.worker')")
        assert cursor.fetchone() == ("api:hospital", "")


def test_keeps_no_secret_and_shows_none(world: World) -> None:
    by = world.viewer("administrator")
    token = issued(registered(by), by)
    secret = token.plain.split("_", 2)[-1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM systems_tokenseal")
        assert cursor.fetchone() == (0,), "no log-in of the program reads the sums"
        cursor.execute("SELECT string_agg(details::text, '') FROM audit_act")
        assert secret not in cursor.fetchone()[0]
    assert secret not in repr(queries.system(by, "hospital"))


@pytest.mark.parametrize("change", ["prefix", "secret", "empty", "long", "nul"])
def test_admits_nobody_else(world: World, change: str) -> None:
    by = world.viewer("administrator")
    plain = issued(registered(by), by).plain
    other = issued(registered(by, code="other"), by).plain
    wrong = {
        "prefix": plain[:3] + other[3:11] + plain[11:], "secret": plain[:-1] + ("A" if plain[-1] != "A" else "B"),
        "empty": "", "long": plain + "A", "nul": plain[:-1] + "\0",
    }  # fmt: skip
    assert admit(wrong[change]) is None


def test_says_of_a_true_token_why_it_opens_nothing(world: World, at: Callable[..., clock.FrozenClock]) -> None:
    by = world.viewer("administrator")
    system = registered(by)
    short, revoked = issued(system, by, until=date(2026, 5, 20)), issued(system, by)
    revoke_token(token_id=revoked.id, by=by, at=clock.now())
    assert admit(revoked.plain).ended == "revoked"  # type: ignore[union-attr]
    assert admit(short.plain).ended == ""  # type: ignore[union-attr]
    at("2026-05-21T00:00+08:00")
    assert admit(short.plain).ended == "expired"  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('anwang.service')")
        assert cursor.fetchone() == ("",)


def test_keeps_only_the_hour_of_last_use(world: World, at: Callable[..., clock.FrozenClock]) -> None:
    by = world.viewer("administrator")
    token = issued(registered(by), by)
    at("2026-05-20T11:47:12+08:00")
    admit(token.plain)
    assert Token.objects.get().last_used_at == datetime.fromisoformat("2026-05-20T11:00+08:00")


@pytest.mark.parametrize("who", ["screener", "screening_supervisor", "chief", "worker", "clerk"])
def test_lets_nobody_but_the_administrator_keep_the_registry(world: World, who: str) -> None:
    system = registered(world.viewer("administrator"))
    token = issued(system, world.viewer("administrator"))
    by = world.viewer(who)
    for act in (
        lambda: registered(by, code="another"), lambda: issued(system, by),
        lambda: revoke_token(token_id=token.id, by=by, at=clock.now()),
        lambda: retire_system(system_id=system.id, by=by, at=clock.now()),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(("until", "word"), [(date(2026, 5, 19), "今天以後"), (date(2027, 5, 21), "最晚")])
def test_refuses_an_end_that_is_past_or_too_far(world: World, until: date, word: str) -> None:
    by = world.viewer("administrator")
    with pytest.raises(BadInput, match=word):
        issued(registered(by), by, until=until)


def test_refuses_codes_and_scopes_nobody_knows(world: World) -> None:
    by = world.viewer("administrator")
    system = registered(by)
    for code in ("", "醫院", "1st", "a" * 25, "A B"):
        with pytest.raises(BadInput):
            registered(by, code=code)
    with pytest.raises(Conflict):
        registered(by)
    with pytest.raises(BadInput):
        issued(system, by, "reports:delete")


def test_retires_a_system_with_its_tokens(world: World) -> None:
    by = world.viewer("administrator")
    system = registered(by)
    token = issued(system, by)
    retire_system(system_id=system.id, by=by, at=clock.now())
    assert admit(token.plain).ended == "revoked"  # type: ignore[union-attr]
    with pytest.raises(Conflict):
        issued(system, by)
    with pytest.raises(Conflict):
        retire_system(system_id=system.id, by=by, at=clock.now())
    verbs = list(Act.objects.filter(subject_id__in=[system.id, token.id]).values_list("verb", flat=True).order_by("id"))
    assert verbs == ["system.registered", "token.issued", "system.retired"]


def test_shows_a_county_its_own_systems_and_national_ones(world: World) -> None:
    by = world.viewer("administrator")
    registered(by)
    registered(by, code="hotline", reach="national")
    registered(Viewer(worker_id=by.worker_id, name="", county="99002", unit_id=by.unit_id, roles=by.roles), code="away")
    assert [line.code for line in queries.systems(by)] == ["hospital", "hotline"]
    with pytest.raises(NotFound):
        queries.system(by, "away")


def test_tells_what_is_about_to_end(world: World, at: Callable[..., clock.FrozenClock]) -> None:
    by = world.viewer("administrator")
    issued(registered(by), by, until=date(2026, 7, 1))
    assert queries.ending_tokens(by) == 0
    at("2026-06-10T09:00+08:00")
    assert queries.ending_tokens(by) == 1
    assert queries.system(by, "hospital").ending == 1


def refused_by_database(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except (IntegrityError, ProgrammingError):
        return True
    return False


def test_holds_the_rest_by_the_database(world: World) -> None:
    by = world.viewer("administrator")
    system = registered(by)
    token = issued(system, by)
    revoke_token(token_id=token.id, by=by, at=clock.now())
    issued(system, by)
    for sql in (
        "UPDATE systems_token SET revoked_at = NULL WHERE revoked_at IS NOT NULL",
        "UPDATE systems_token SET expires_at = expires_at + interval '9 years'",
        "UPDATE systems_token SET scopes = '{fhir:read}'",
        "UPDATE systems_system SET code = 'another'",
        "UPDATE systems_system SET retired_at = registered_at + interval '1 hour'",
        "DELETE FROM systems_token",
        "UPDATE systems_tokenseal SET sha256 = ''",
        ELSEWHERE,
    ):
        assert refused_by_database(sql), sql
