"""One sitting in one look: head, sections, items with decisions, corrections, doubts, who came, papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation.errors import NotFound
from anwang.minutes.states import Attends, Came, ItemKind, Settled, Speaks, TrackingWord

from .seen import VISIBLE_SQL, visible_sql, who
from .sitting_page import (
    Answer,
    Correction,
    DecisionLine,
    Doubt,
    Guest,
    ItemPart,
    Paper,
    SectionPart,
    SittingPage,
)
from .words import WHY


def _many(
    columns: str, table: str, order: str = "x.position", joins: str = "", where: str = "x.sitting_id = s.id"
) -> str:
    return (
        f"(SELECT coalesce(json_agg(row_to_json(q)), '[]') FROM (SELECT {columns} FROM minutes_{table} x {joins}"  # noqa: S608
        f" WHERE {where} ORDER BY {order}) q)"
    )


PAGE_SQL = f"""
SELECT s.id, s.unit_id, u.called, s.series_id, r.title, b.name, s.number, s.title, s.met_on, s.start_time,
       s.adjourned_time, s.place, s.chair, s.recorder, s.state, f.name, s.first_line, s.last_line, s.paper_number,
       l.id, l.title, s.further_days,
       {_many("x.id, x.line, x.label, x.title, x.text", "section")},
       {
    _many("x.id, x.line, x.section, x.label, x.title, x.kind, x.unit_words, x.explanation, x.speaker, x.lead", "item")
},
       {_many("x.item_id, x.line, x.unit_words, x.role, x.text", "response", "x.item_id, x.position")},
       {
    _many(
        "x.id, x.item_id, x.line, x.number, x.level, x.parent_id, x.text, x.tracking, x.due, x.recurrence, x.units,"
        " (SELECT json_agg(json_build_array(c.case, c.state) ORDER BY c.position) FROM minutes_decisioncase c"
        " WHERE c.decision_id = x.id) AS cases,"
        " (SELECT json_agg(DISTINCT d.called) FROM minutes_decisionunit k JOIN directory_unit d ON d.id = k.unit_id"
        " WHERE k.decision_id = x.id) AS known,"
        " (SELECT json_agg(json_build_array(z.id, z.title, a.text) ORDER BY z.met_on) FROM minutes_amendment a"
        " JOIN minutes_sitting z ON z.id = a.sitting_id WHERE a.decision_id = x.id"
        f" AND z.state IN ('sent', 'confirmed') AND {visible_sql('z')}) AS amended",
        "decisiontext",
        "x.item_id, x.position",
    )
},
       {
    _many(
        "x.id, x.line, x.target, x.text, e.id AS earlier_id, x.decision_id, e.title AS earlier, d.text AS was",
        "amendment",
        joins=f"LEFT JOIN minutes_sitting e ON e.id = x.earlier_id AND {visible_sql('e')}"
        " LEFT JOIN minutes_decisiontext d ON d.id = x.decision_id",
    )
},
       {_many("x.id, x.line, x.text, x.why, x.settled, x.words", "uncertain")},
       {_many("x.id, x.unit_words, x.who, x.attends, x.came, x.instead", "attendance")},
       {_many("x.id, x.item_id, x.name, x.size", "material", "x.at, x.id")}
  FROM minutes_sitting s JOIN directory_unit u ON u.id = s.unit_id
  LEFT JOIN minutes_series r ON r.id = s.series_id LEFT JOIN minutes_body b ON b.id = r.body_id
  LEFT JOIN minutes_source f ON f.id = s.source_id LEFT JOIN minutes_sitting l ON l.id = s.confirmed_in_id
   AND {visible_sql("l")}
 WHERE s.id = %(id)s AND {VISIBLE_SQL}
"""  # noqa: S608  our own conditions


def sitting(viewer: Viewer, sitting_id: UUID) -> SittingPage:
    """One sitting. NotFound for whoever may not read it."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE_SQL, who(viewer) | {"id": sitting_id})
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無這次會議，或紀錄還沒發送給你的單位。"))
    head, (sections, items, answers, decisions, corrections, doubts, guests, papers) = row[:22], row[22:]
    there = tuple(Paper(one["id"], one["item_id"] or "", one["name"], one["size"]) for one in papers)
    order = {
        (f"{one['label']}、{one['title']}" if one["label"] else one["title"]): at for at, one in enumerate(sections)
    }
    parts = [_item(one, answers, decisions, there) for one in items]
    parts.sort(key=lambda one: order.get(one.section, len(order)))
    laid = tuple(_section(one, parts) for one in sections)
    headings = {one.heading for one in laid}
    return SittingPage(
        *(value if value is not None or at in (3, 6, 8, 9, 10, 16, 17, 19) else "" for at, value in enumerate(head)),
        sections=laid, loose=tuple(one for one in parts if one.section not in headings), items=tuple(parts),
        corrections=tuple(
            Correction(one["id"], one["target"], one["text"], one["was"] or "", one["earlier"] or "",
                       one["earlier_id"] or "") for one in corrections
        ),
        doubts=tuple(_doubt(one) for one in doubts), guests=tuple(_guest(one) for one in guests), papers=there,
    )  # fmt: skip


def _section(one: dict[str, Any], parts: list[ItemPart]) -> SectionPart:
    heading = f"{one['label']}、{one['title']}" if one["label"] else one["title"]
    return SectionPart(one["id"], heading, one["text"], tuple(item for item in parts if item.section == heading))


def _item(
    one: dict[str, Any], answers: list[dict[str, Any]], decisions: list[dict[str, Any]], papers: tuple[Paper, ...]
) -> ItemPart:  # fmt: skip
    return ItemPart(
        id=one["id"], line=one["line"], section=one["section"], label=one["label"], title=one["title"],
        kind=one["kind"], kind_words=str(ItemKind(one["kind"]).label), unit=one["unit_words"],
        explanation=one["explanation"], speaker=one["speaker"], lead=one["lead"],
        answers=tuple(
            Answer(said["unit_words"], said["role"] == Speaks.CHAIR, said["text"]) for said in answers
            if said["item_id"] == one["id"]
        ),
        decisions=tuple(_decision(made) for made in decisions if made["item_id"] == one["id"]),
        materials=tuple(paper for paper in papers if paper.item == one["id"]),
    )  # fmt: skip


def _decision(one: dict[str, Any]) -> DecisionLine:
    tracking = one["tracking"]
    return DecisionLine(
        id=one["id"], item=one["item_id"], line=one["line"], number=one["number"], level=one["level"],
        text=one["text"], tracking=tracking, tracking_words=str(TrackingWord(tracking).label) if tracking else "",
        cases=tuple((case, str(TrackingWord(state).label)) for case, state in one["cases"] or ()), due=one["due"],
        recurrence=one["recurrence"], units=tuple(one["units"]), known=tuple(one["known"] or ()),
        amended=tuple(tuple(each) for each in one["amended"] or ()),
    )  # fmt: skip


def _doubt(one: dict[str, Any]) -> Doubt:
    settled = Settled(one["settled"])
    why = one["why"]
    return Doubt(one["id"], one["line"], one["text"], why, str(WHY.get(why, why)), one["settled"],
                 str(settled.label), one["words"])  # fmt: skip


def _guest(one: dict[str, Any]) -> Guest:
    return Guest(one["id"], one["unit_words"], one["who"], one["attends"], str(Attends(one["attends"]).label),
                 one["came"], str(Came(one["came"]).label), one["instead"])  # fmt: skip
