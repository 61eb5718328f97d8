"""On his case: his programmes. On a case of her side: how far the programme is that her order orders."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.treatment import queries, rules
from anwang.web.hanging import Part

ACROSS_SQL = (
    "(SELECT jsonb_agg(jsonb_build_array(a.order_id, a.progress, a.came, a.county) ORDER BY a.order_id)"
    " FROM unnest(%(reads)s::uuid[]) f(file), treatment_across(f.file) a)"
)
MINE_SQL = (
    "(SELECT jsonb_agg(jsonb_build_object('id', g.id, 'ground', g.ground, 'complete_by', g.complete_by)"
    " ORDER BY g.received_at DESC) FROM treatment_programme g WHERE g.matter_id = ANY (%(reads)s::uuid[]))"
)


def across(viewer: Viewer, rows: Any) -> Any:
    """Rows of `treatment_across` in words."""
    return queries.across_of(viewer, rows)


def mine(viewer: Viewer, rows: Any) -> Any:
    """His programmes, the newest first."""
    return [
        SimpleNamespace(
            id=one["id"], ground=words.label(rules.GROUND, one["ground"]),
            complete_by=words.day(date.fromisoformat(one["complete_by"])) if one["complete_by"] else "",
        )
        for one in rows
    ]  # fmt: skip


PARTS = (
    Part(page="case", place="text", order=44, template="treatment/on_page.html", sql=MINE_SQL, shown=mine),
    Part(page="case", place="text", order=45, template="treatment/across.html", sql=ACROSS_SQL, shown=across),
)
