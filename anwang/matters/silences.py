"""What waits for an answer, read from the rows: all of it, what may rise now, or what can reach certain units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple  # parameters of a statement
from uuid import UUID

from django.db import connection

MOST = 200
"""Of each kind no more are read for a page: the oldest."""

_OLDEST = """AND {key} IN (SELECT x.id FROM unnest(%(units)s::uuid[]) AS h (id), LATERAL (SELECT y.id FROM {table} y
  WHERE {open} AND y.{unit} = h.id ORDER BY y.{since}, y.id LIMIT %(most)s) x)
  ORDER BY {key_since}, {key} LIMIT %(most)s"""
_NEAR_DISPUTE = "AND ({unit} = ANY (%(units)s) OR m.county = ANY (%(counties)s)) ORDER BY {since}, d.id LIMIT %(most)s"
_ARBITER = "CASE WHEN a.on_system THEN d.arbiter_id ELSE d.filed_by_unit_id END"
_NAMED = "matters_whom(m.id)"
_NAMELESS = "NULL::text[]"
ALL = {"whom": _NAMED, "offer": "AND o.answer_due_at <= %(now)s"}
WHOLE = {"whom": _NAMELESS}
RISING = {
    "whom": _NAMELESS,
    "assignment": "AND coalesce(a.rises_at, a.effective_at) <= %(now)s",
    "offer": "AND coalesce(o.rises_at, o.answer_due_at) <= %(now)s",
}
NEAR = {
    "whom": _NAMED,
    "assignment": _OLDEST.format(
        key="a.id", table="matters_assignment", open="y.signed_at IS NULL AND y.superseded_at IS NULL",
        unit="to_unit_id", since="effective_at", key_since="a.effective_at",
    ),
    "offer": _OLDEST.format(
        key="o.id", table="matters_offer", open="y.state = 'pending' AND y.answer_due_at <= %(now)s",
        unit="from_unit_id", since="answer_due_at", key_since="o.answer_due_at",
    ),
    "dispute": _NEAR_DISPUTE.format(unit=_ARBITER, since="d.ruling_due_at"),
    "closed": _NEAR_DISPUTE.format(unit="d.arbiter_id", since="d.filed_at"),
    "desk": "AND k.unit_id = ANY (%(units)s)",
}  # fmt: skip
_WITH_STEPS = """SELECT s.*, ARRAY(SELECT e.step FROM matters_escalation e WHERE e.about_id = s.about_id)
  FROM ({}) s"""
NAMELESS = NEAR | {"whom": _NAMELESS}
MARKS = ("whom", "assignment", "offer", "dispute", "closed", "desk")


class Silence(NamedTuple):
    """Who has not answered. `since` is when the waiting began; `names` as the viewer may read them."""

    about: str
    about_id: UUID
    matter_id: UUID | None
    number: str
    unit_id: UUID
    county: str
    since: datetime
    names: list[str] | None
    silent: str
    sides: list[UUID] | None
    rises_at: datetime | None
    """As kept with an assignment or an offer: until when nothing rises."""
    written: Sequence[int] = ()
    """Steps that are written down; empty where they were not asked for."""


@cache
def _sql(kind: str) -> str:
    chosen = {"all": ALL, "whole": WHOLE, "rising": RISING, "near": NEAR, "nameless": NAMELESS}[kind]
    text = (Path(__file__).parent / "silences.sql").read_text(encoding="utf-8")
    for mark in MARKS:
        text = text.replace(f"/* {mark} */", chosen.get(mark, ""))
    return _WITH_STEPS.format(text) if kind in ("whole", "rising") else text


def everything(now: datetime) -> list[Silence]:
    """All silences of an instant, with names."""
    return _read("all", {"now": now})


def rising(now: datetime, *, whole: bool = False) -> list[Silence]:
    """Those of which a step may be reached that is not written down yet, without names.

    Of assignments and offers: whose `rises_at` has come, or with `whole` all that wait. Of disputes and desks, of which
    there are few: all.
    """
    return _read("whole" if whole else "rising", {"now": now})


def near(units: Collection[UUID], counties: Collection[str], now: datetime, *, named: bool = True) -> list[Silence]:
    """The oldest silences of these units, and disputes about matters of these counties; with names where wanted."""
    return _read(
        "near" if named else "nameless", {"units": list(units), "counties": list(counties), "now": now, "most": MOST}
    )


def _read(kind: str, given: dict[str, Any]) -> list[Silence]:
    with connection.cursor() as cursor:
        cursor.execute(_sql(kind), given)
        return [Silence(*row) for row in cursor.fetchall()]
