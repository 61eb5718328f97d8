"""A nation of a few hundred reports: every promise kept, every key proven, each county to itself, at the rates."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from anwang.access.models import Account
from anwang.access.viewer import viewer_for
from anwang.audit.sealing import check, seal
from anwang.demo.scale.nation import nation as facts
from anwang.followups.jobs import roll_on
from anwang.foundation import national_id, numbers
from anwang.foundation.names import search_key
from anwang.intake import sealed as reporters
from anwang.intake.models import Report
from anwang.matters.models import Matter
from anwang.matters.verify import verify
from anwang.people import seals
from tests.unit.demo.scale.conftest import REPORTS, SHAPE, Built

INVARIANTS = {
    "a report without its matter": "SELECT r.id FROM intake_report r LEFT JOIN matters_matter m ON m.id = r.id"
    " WHERE m.kind IS DISTINCT FROM 'report'",
    "a case that arose from nothing": "SELECT id FROM matters_matter WHERE kind = 'case' AND arose_from_id IS NULL",
    "something recorded after the demonstration's clock": "SELECT id FROM matters_matter"
    " WHERE greatest(recorded_at, opened_at, ended_at) > '2026-04-21 11:30+08'",
    "an act recorded after it": "SELECT id FROM audit_act WHERE recorded_at > '2026-04-21 11:30+08'",
    "somebody in a report who stands in no file": "SELECT p.id FROM intake_reportperson p WHERE NOT EXISTS ("
    "SELECT FROM access_involvement i WHERE i.person_id = p.person_id AND i.file_id = p.report_id)",
    "a decision before the report came": "SELECT d.id FROM intake_decision d JOIN intake_report r ON r.id = d.report_id"
    " WHERE d.decided_at < r.received_at",
    "a contact before the case began": "SELECT c.id FROM cases_contact c JOIN matters_matter m ON m.id = c.matter_id"
    " WHERE c.started_at < m.opened_at",
    "a worker of another county": "SELECT m.id FROM matters_matter m JOIN directory_unit u ON u.id = m.acting_unit_id"
    " WHERE m.county <> u.jurisdiction_id",
    "a key of a worker nobody knows": "SELECT g.id FROM access_grant g WHERE g.holder LIKE 'w:%'"
    " AND NOT EXISTS (SELECT FROM directory_worker w WHERE 'w:' || w.id = g.holder)",
    "a file nobody knows": "SELECT g.id FROM access_grant g WHERE NOT EXISTS ("
    "SELECT FROM matters_matter m WHERE m.id = g.file_id)",
    "an act on nothing": "SELECT a.id FROM audit_act a WHERE a.matter_id IS NOT NULL AND NOT EXISTS ("
    "SELECT FROM matters_matter m WHERE m.id = a.matter_id)",
}


def test_keeps_every_promise(nation: Built) -> None:
    assert verify(nation.owner) == []
    broken = {words: nation.owner.execute(sql).fetchall() for words, sql in INVARIANTS.items()}
    assert {words: rows for words, rows in broken.items() if rows} == {}


def test_schedules_of_copies_are_rolled_on_like_those_of_stories(
    nation: Built, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction.atomic():
        assert roll_on() > 0
        assert not caplog.records
        transaction.set_rollback(True)


def test_has_every_key_index_and_trigger_as_before(nation: Built) -> None:
    after = nation.owner.execute(SHAPE).fetchall()
    assert {_plain(row) for row in after} == {_plain(row) for row in nation.shape}
    assert len(after) > 500


def test_has_as_many_reports_and_open_cases_as_asked_for(nation: Built) -> None:
    assert _one(nation, "SELECT count(*) FROM intake_report") == REPORTS
    opened = _one(nation, "SELECT count(*) FROM matters_matter WHERE kind = 'case' AND ended_at IS NULL")
    assert abs(opened - REPORTS * facts().open_cases / facts().reports) < REPORTS * 0.06


def test_follows_the_rates_of_kinds_and_counties(nation: Built) -> None:
    # The stories themselves are of all kinds alike: only copies are drawn by the rates.
    copies = "id::text LIKE '________-____-7___-8007-%'"
    kinds = dict(
        nation.owner.execute(f"SELECT kinds[1], count(*) FROM intake_report WHERE {copies} GROUP BY 1").fetchall()
    )
    drawn, shares = sum(kinds.values()), facts().kinds
    spread = sum((kinds.get(kind, 0) - drawn * share) ** 2 / (drawn * share) for kind, share in shares.items())
    assert spread < 24.3  # 99.9 % for seven degrees of freedom
    north = _one(nation, f"SELECT count(*) FROM matters_matter WHERE kind = 'report' AND county = '65000' AND {copies}")
    assert 0.1 < north / drawn < 0.26


def test_lets_a_screener_see_her_own_county_only(nation: Built) -> None:
    seen = {}
    for username in ("63000-screener-1", "10008-screener-1"):
        with transaction.atomic():
            viewer_for(Account.objects.get(username=username).worker_id)
            ids = list(Report.objects.values_list("id", flat=True))
            seen[username[:5]] = set(Matter.objects.filter(id__in=ids).values_list("county", flat=True)), len(ids)
    assert {county: counties for county, (counties, _) in seen.items()} == {"63000": {"63000"}, "10008": {"10008"}}
    assert seen["63000"][1] > 10


def test_seals_its_acts_like_any_others(nation: Built) -> None:
    made = seal()
    assert made is not None
    assert made.acts == _one(nation, "SELECT count(*) FROM audit_act")
    assert check() == []


def test_names_nobody_and_finds_everybody(nation: Built) -> None:
    rows = nation.owner.execute(
        "SELECT i.id, i.sealed_value, i.lookup, i.last_three FROM people_identifier i ORDER BY i.id DESC LIMIT 80"
    ).fetchall()
    for key, sealed, lookup, last_three in rows:
        value = seals.unseal(bytes(sealed), "identifier.value", UUID(str(key)))
        assert national_id.test_range(value)
        assert national_id.check(value).valid
        assert (bytes(lookup), last_three) == (seals.number_lookup(value), value[-3:])
    people = nation.owner.execute("SELECT name, name_key FROM people_person WHERE name_kind = 'full'").fetchall()
    assert [name for name, key in people if key != search_key(name)] == []
    places = nation.owner.execute("SELECT text, lookup FROM people_address").fetchall()
    assert [text for text, lookup in places if seals.place_lookup(text) != bytes(lookup)] == []
    assert [text for text, _ in places if int(re.search(r"(\d+)號", text)[1]) < 9001] == []
    said = nation.owner.execute("SELECT id, sealed FROM intake_reporter ORDER BY id DESC LIMIT 20").fetchall()
    assert {reporters.unseal(bytes(sealed), "reporter", UUID(str(key)))["name"] for key, sealed in said} == {"承辦人"}


def test_gives_every_matter_a_number_of_its_own(nation: Built) -> None:
    found = [number for (number,) in nation.owner.execute("SELECT number FROM matters_matter").fetchall()]
    assert len(set(found)) == len(found)
    assert [number for number in found if not numbers.is_number(number)] == []


def test_opens_the_pages_of_a_copy_for_its_worker(nation: Built) -> None:
    client = Client()
    rows = nation.owner.execute(
        "SELECT DISTINCT ON (m.sort) m.number, r.number, m.acting_worker_id, p.name FROM matters_matter m"
        " JOIN matters_matter r ON r.id = m.arose_from_id JOIN cases_casesubject s ON s.matter_id = m.id"
        " JOIN people_person p ON p.id = s.person_id"
        " WHERE m.kind = 'case' AND m.ended_at IS NULL AND m.id::text LIKE '________-____-7___-8007-%'"
        " ORDER BY m.sort, m.id"
    ).fetchall()
    assert len(rows) >= 6
    for case, report, worker, name in rows:
        client.force_login(Account.objects.get(worker_id=worker))
        assert name in client.get(f"/cases/{case}").content.decode()
        assert client.get(f"/reports/{report}").status_code == 200
        assert case in client.get("/today?all").content.decode()


def test_opens_the_family_of_a_copy(nation: Built) -> None:
    client = Client()
    number, worker, label = nation.owner.execute(
        "SELECT f.number, m.acting_worker_id, f.label FROM people_family f JOIN matters_matter m ON m.family_id = f.id"
        " WHERE m.ended_at IS NULL AND f.id::text LIKE '________-____-7___-8007-%' LIMIT 1"
    ).fetchone()
    client.force_login(Account.objects.get(worker_id=worker))
    assert label in client.get(f"/families/{number}").content.decode()


def test_opens_the_desks_of_a_county(nation: Built) -> None:
    client = Client()
    for role, page in (("screener", "/intake"), ("screening_supervisor", "/unit"), ("supervisor", "/unit"),
                       ("duty_worker", "/duty"), ("chief", "/figures")):  # fmt: skip
        client.force_login(Account.objects.get(username=f"65000-{role}-1"))
        assert client.get(page).status_code == 200, page


def _plain(row: tuple[object, ...]) -> str:
    """A definition without its casts: PostgreSQL writes those anew each time it reads them."""
    return re.sub(r"::(character varying|text)|\[\]|[()]", "", " | ".join(map(str, row)))


def _one(nation: Built, sql: str) -> int:
    row = nation.owner.execute(sql).fetchone()
    assert row is not None
    return int(str(row[0]))
