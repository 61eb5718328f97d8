"""What cases, a unit's desk and replies ask finds its rows by index: nothing reads a table of the nation through."""

import json
from collections.abc import Iterator
from typing import Any  # nodes of a plan

import pytest
from django.db import connection, transaction

from anwang.accounts.queries import HELD_SQL
from anwang.cases.queries import choosing, searching
from anwang.cases.queries.page import _sql
from anwang.foundation import clock
from anwang.intake.queries.replies import SQL as REPLIES_SQL
from anwang.matters.queries import desk
from anwang.protection.queries.people import PEOPLE_SQL
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db
APART = ("directory_", "access_grant", "grants_of_")
"""Units and workers are some thousands, however many reports there are. Grants are asked by the policies of each table,
whose other way (all that the viewer holds, at once) stands in the plan too."""
PARTIAL_SQL = "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL"
"""While a table is empty its small indexes cost as much read whole as asked, and the plan may do either."""
SCANS = ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan")
PAGES = {
    "page": _sql(),
    "subjects": choosing.PEOPLE_SQL,
    "children": searching.CHILDREN_SQL,
    "bound": PEOPLE_SQL,
}
DESKS = {"reviews": desk.REVIEWS_SQL, "load": desk.LOAD_SQL, "replies": REPLIES_SQL, "held": HELD_SQL}
SMALL = ("accounts_", "access_account", "django_session", "systems_token")
"""What there is of it grows with the workers, not with the reports."""


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def read_through(sql: str, given: dict[str, Any]) -> list[str]:
    """Tables that this statement can only read whole, in a plan that would do anything rather than that."""
    with transaction.atomic(), connection.cursor() as cursor:
        for kind in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql, given)
        (found,) = cursor.fetchone()
        cursor.execute(PARTIAL_SQL)
        partial = {name for (name,) in cursor.fetchall()}
    top = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    whole = [
        one for one in _nodes(top)
        if one["Node Type"] in SCANS and "Index Cond" not in one and one.get("Index Name") not in partial
    ]  # fmt: skip
    return sorted(name for one in whole if not (name := str(_table(one))).startswith(APART))


def _table(node: dict[str, Any]) -> object:
    return node.get("Relation Name", node.get("Index Name"))


@pytest.mark.parametrize("name", PAGES)
def test_finds_its_rows_by_index(office: Office, name: str) -> None:
    made = office.child_case(family_id=office.family, circle="victim")
    office.be("worker")
    given = {"number": "", "english": False, "me": office.be("worker").worker_id, "case": made.id}
    assert read_through(PAGES[name], given) == []


@pytest.mark.parametrize("name", DESKS)
def test_a_desk_finds_its_rows_by_index(office: Office, name: str) -> None:
    me, now = office.be("supervisor"), clock.now()
    given = {
        "units": list(me.supervised_units), "me": me.worker_id, "others": [""], "now": now, "rule": "report.reply",
        "clerk": True, "county": me.county, "most": 100, "who": me.worker_id, "at": now, "true": now,
    }  # fmt: skip
    assert [table for table in read_through(DESKS[name], given) if not table.startswith(SMALL)] == []


def test_sees_a_table_that_is_read_whole(office: Office) -> None:
    """The check itself: two ways to belong to a case, in an `OR`, keep the index out."""
    sql = (
        "SELECT 1 FROM cases_assessment WHERE matter_id = %(case)s"
        " OR matter_id IN (SELECT id FROM cases_placement WHERE case_id = %(case)s)"
    )
    case = office.child_case(family_id=office.family, circle="victim").id
    assert read_through(sql, {"case": case})
