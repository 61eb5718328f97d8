"""The part of the case page and the family page: where each course stands now."""

from __future__ import annotations

from datetime import date
from typing import Any  # rows of JSON
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.followups import rules, words
from anwang.followups.course import Count, Opened
from anwang.followups.states import Came
from anwang.rulebook import UnknownRule

HUNG_SQL = """(SELECT jsonb_agg(jsonb_build_array(m.number, c.episode, t.rule_id, w.id, w.n, w.begins_on,
    w.ends_on, w.contacts, w.in_person, k.came, k.reached, k.in_person, k.tries,
    EXISTS (SELECT 1 FROM followups_shortfall f WHERE f.window_id = w.id)) ORDER BY m.number, c.origin_on, c.id)
  FROM followups_course c JOIN matters_matter m ON m.id = c.matter_id AND m.ended_at IS NULL
  JOIN LATERAL (SELECT x.rule_id FROM followups_stretch x WHERE x.course_id = c.id ORDER BY x.n DESC LIMIT 1) t ON true
  JOIN LATERAL (SELECT * FROM followups_window x WHERE x.course_id = c.id ORDER BY x.n DESC LIMIT 1) w ON true
  JOIN LATERAL (SELECT * FROM followups_mark x WHERE x.window_id = w.id ORDER BY x.n DESC LIMIT 1) k ON true
 WHERE c.matter_id = ANY (%(reads)s::uuid[])
   AND NOT EXISTS (SELECT 1 FROM followups_courseend e WHERE e.course_id = c.id))"""


@held()
def on_case(viewer: Viewer, rows: Any) -> list[dict[str, str]] | None:
    """One line for each running course: what, its window, how far it is."""
    return [_line(row) for row in rows] or None


def _line(row: list[Any]) -> dict[str, str]:
    number, episode, rule_id, id_, n, begins, ends, owed, face, came, reached, met_face, tries, said = row
    window = Opened(
        UUID(id_), n, date.fromisoformat(begins), date.fromisoformat(ends), owed, face, 0, came,
        Count(reached, met_face, tries),
    )  # fmt: skip
    return {
        "number": number, "title": _title(rule_id, episode), "days": words.span(window.begins_on, window.ends_on),
        "owed": words.owed(owed, face), "done": words.done(window),
        "is": "done" if came == Came.SHORT and said else words.STATES[Came(came)], "came": str(Came(came).label),
    }  # fmt: skip


def _title(rule_id: str, episode: int) -> str:
    try:
        version = rules.handle_of(rule_id).national[-1]
    except UnknownRule:
        return rule_id
    title = words.text(version.title)
    return _("%(title)s，第%(n)d次") % {"title": title, "n": episode} if episode > 1 else title
