"""A plan for its page, for the pages it hangs on, and for choosing who does what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows aggregated as JSON
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.queries import zones_of
from anwang.access.states import Circle, Zone
from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.cases.queries.rows import as_list
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter
from anwang.people.words import name_words
from anwang.plans import sealed, sides, writing
from anwang.plans.states import PLANNED, LineKind

ABOUT_SQL = """
SELECT (SELECT jsonb_agg(jsonb_build_array(p.id, p.name, p.name_kind) ORDER BY p.born_earliest, p.id)
         FROM people_person p
        WHERE p.id IN (SELECT person_id FROM people_familymember WHERE family_id = m.family_id AND until_on IS NULL)
           OR p.id IN (SELECT person_id FROM access_involvement WHERE file_id = m.id)),
       (SELECT jsonb_agg(DISTINCT jsonb_build_array(cu.id, cu.called)) FROM matters_matter cm
          JOIN cases_case cc ON cc.id = cm.id JOIN directory_unit cu ON cu.id = cm.acting_unit_id
         WHERE cm.family_id = m.family_id AND cm.ended_at IS NULL AND cm.kind = 'case'),
       (SELECT jsonb_agg(jsonb_build_array(w.id, w.called) ORDER BY w.name) FROM directory_worker w
         WHERE w.left_on IS NULL AND w.id IN (SELECT worker_id FROM directory_appointment a
                                               WHERE a.unit_id = m.acting_unit_id AND a.ended_at IS NULL))
  FROM matters_matter m WHERE m.id = %s
"""
# The newest version of each plan of these files that the viewer reads, with its goals and what is open of its actions.
HUNG_SQL = """(SELECT jsonb_agg(jsonb_build_object('number', m.number, 'kind', m.kind, 'no', v.number, 'at', v.at,
    'review', v.review_on, 'lines', (SELECT jsonb_agg(jsonb_build_array(l.id, l.kind, l.text) ORDER BY l.thread)
       FROM plans_line l WHERE l.id = ANY (v.lines) AND l.kind = 'goal'),
    'actions', (SELECT count(*) FROM plans_line l WHERE l.id = ANY (v.lines) AND l.kind = 'action'),
    'done', (SELECT count(DISTINCT s.thread) FROM plans_step s JOIN plans_line l ON l.thread = s.thread
              WHERE l.id = ANY (v.lines) AND l.kind = 'action' AND s.progress = 'done'))
    ORDER BY m.kind DESC, m.opened_at)
  FROM matters_matter m JOIN LATERAL (SELECT * FROM plans_version x WHERE x.matter_id = m.id
                                       ORDER BY x.number DESC LIMIT 1) v ON true
 WHERE m.id = ANY (%(reads)s::uuid[]) AND m.ended_at IS NULL)"""
MAY_HANG_SQL = "".join(
    (
        "(SELECT jsonb_build_object('number', m.number, 'hung', ",
        HUNG_SQL,
        ") FROM matters_matter m WHERE m.id = (%(reads)s::uuid[])[1] AND m.ended_at IS NULL AND m.kind = 'case')",
    )
)


@dataclass(frozen=True)
class Choices:
    """Whom a line may be about, and who may do something."""

    people: tuple[tuple[str, str], ...]
    workers: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    sides: tuple[tuple[str, str], ...]
    """Empty where the family has no two sides."""
    circle: str
    zones: tuple[tuple[str, str], ...]


def choices(viewer: Viewer, number: str) -> Choices:
    """What the forms of a plan offer."""
    matter = matter_of(viewer, number)
    with connection.cursor() as cursor:
        cursor.execute(ABOUT_SQL, [matter.id])
        people, units, workers = cursor.fetchone()
    known = sides.sides(matter.id)
    taken = {side for side in known.values() if side != Circle.NEUTRAL}
    can = zones_of(viewer, matter.id)
    return Choices(
        people=tuple((str(key), name_words(name, kind)) for key, name, kind in as_list(people)),
        workers=tuple((str(key), name) for key, name in as_list(workers)),
        units=tuple((str(key), name) for key, name in as_list(units)),
        sides=tuple((one.value, str(one.label)) for one in Circle) if taken else (),
        circle=Circle.VICTIM if sides.BOTH in taken or Circle.VICTIM in taken else Circle.NEUTRAL,
        zones=tuple((one.value, str(one.label)) for one in (Zone.CASE, Zone.SPECIAL, Zone.WORK) if one in can),
    )


def line(viewer: Viewer, number: str, thread: UUID) -> dict[str, Any]:
    """The newest wording of a line, as its form takes it. NotFound when it does not stand any more."""
    matter = matter_of(viewer, number)
    found = next((one for one in writing.current(matter.id) if one.thread == thread), None)
    if found is None:
        raise NotFound(_("計畫裡找不到這一行。"))
    owner = found.owner_person_id or found.owner_worker_id or found.owner_unit_id
    return {
        "kind": found.kind, "text": writing.text_of(found), "zone": found.zone, "circle": found.circle,
        "goes_to": list(found.goes_to), "about": str(found.about_id or ""), "under": str(found.under or ""),
        "owner": f"{found.owner}:{owner}" if owner else found.owner, "owner_name": found.owner_name,
        "for_carer": found.for_carer, "due_on": found.due_on, "said_on": found.said_on,
    }  # fmt: skip


def matter_id(viewer: Viewer, number: str) -> UUID:
    """The matter of that number which carries a plan."""
    return matter_of(viewer, number).id


def goals(viewer: Viewer, number: str) -> list[tuple[str, str]]:
    """(thread, words) of the goals that stand, for choosing which one an action serves."""
    kept = writing.current(matter_of(viewer, number).id)
    return [(str(one.thread), writing.text_of(one)[:60]) for one in kept if one.kind == LineKind.GOAL]


def on_page(viewer: Viewer, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Goals, how many actions are done and when all look again, for a page on which the plan hangs."""
    found = rows[0]
    lines = [sealed.opened(text, "line.text", UUID(key)) for key, _kind, text in found["lines"] or ()]
    review = date.fromisoformat(found["review"])
    return {
        "number": found["number"], "is_family": found["kind"] == "coordination", "version": found["no"],
        "goals": lines[:4], "more": max(len(lines) - 4, 0), "actions": found["actions"], "done": found["done"],
        "review": words.day(review), "is_late": review < clock.today(),
    }  # fmt: skip


def on_case(viewer: Viewer, row: dict[str, Any]) -> dict[str, Any] | None:
    """The same for a case, or the way to begin where there is no plan yet."""
    return on_page(viewer, row["hung"]) if row["hung"] else {"number": row["number"], "goals": None}


def matter_of(viewer: Viewer, number: str) -> Matter:
    """The matter of that number which carries a plan, or NotFound alike for none and for one he may not know of."""
    found = Matter.objects.filter(number=number.strip().upper(), kind__in=PLANNED).first()
    if found is None or Zone.WORK not in zones_of(viewer, found.id):
        raise NotFound(_("找不到這份計畫。請從案件頁或家庭頁進入。"))
    return found
