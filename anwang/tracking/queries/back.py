"""Back from a rule, form or figure to the sentences that changed it: published minutes and decisions kept here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.enactments.queries import book
from anwang.minutes.queries import VISIBLE_SQL, who
from anwang.tracking import lines, words

BACK_SQL = f"""
SELECT x.text, s.title, s.id, i.kind, i.section, i.label, coalesce(p.number, ''), x.number, c.words, c.from_on, m.number
  FROM tracking_change c JOIN tracking_track t ON t.decision_id = c.track_id
  JOIN minutes_decisiontext x ON x.id = t.text_id JOIN minutes_item i ON i.id = x.item_id
  JOIN minutes_sitting s ON s.id = x.sitting_id LEFT JOIN minutes_decisiontext p ON p.id = x.parent_id
  LEFT JOIN conferences_decision d ON d.id = t.decision_id LEFT JOIN matters_matter m ON m.id = d.task_id
 WHERE c.ref = %(ref)s AND c.withdrawn_at IS NULL AND {VISIBLE_SQL} ORDER BY c.from_on NULLS FIRST, c.at
"""  # noqa: S608


@dataclass(frozen=True)
class SaidBy:
    """A sentence that changed it. `number` is its tracked decision where the viewer reads it; `minutes` the published
    minutes, `sitting` the sitting kept here: one of the two."""

    says: str
    title: str
    where: str
    change: str
    since: str
    number: str
    minutes: str
    sitting: UUID | None


def said_by(viewer: Viewer, ref: str) -> tuple[SaidBy, ...]:
    """From which sentences a rule, form, indicator or page comes; one statement."""
    lang, sources = words.lang(), book().contents.sources
    published = tuple(
        SaidBy(one.says.to(lang), sources[one.minutes].title.to(lang), one.at, one.note.to(lang), "", "",
               one.minutes, None)
        for one in lines.leading_to(ref)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BACK_SQL, who(viewer) | {"ref": ref})
        kept = tuple(
            SaidBy(text, title, words.where(kind, section, label, parent, no), change, words.roc(since), number or "",
                   "", sitting)
            for text, title, sitting, kind, section, label, parent, no, change, since, number in cursor.fetchall()
        )  # fmt: skip
    return (*kept, *published)
