"""前次會議決議辦理情形: what became of every tracked decision of a series, ready for the next meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound
from anwang.tracking import standing, words
from anwang.tracking.models import Follow

STATUS_SQL = """  -- {called}: in whose words units are named
SELECT d.id, m.number, s.title, i.kind, i.section, i.label, coalesce(p.number, ''), x.number, d.text, u.{called},
       d.due_on, d.due_words, d.state, t.part, r.words, r.evidence, r.proposes, r.at,
       (SELECT json_agg(json_build_array(bu.{called}, br.words, br.evidence) ORDER BY bu.code)
          FROM tracking_track b JOIN conferences_decision bd ON bd.id = b.decision_id
          JOIN directory_unit bu ON bu.id = bd.unit_id
          LEFT JOIN LATERAL (SELECT y.words, y.evidence FROM conferences_decisionreport y
                              WHERE y.decision_id = bd.id ORDER BY y.recorded_at DESC LIMIT 1) br ON true
         WHERE b.of_id = t.decision_id AND b.part = 'share'),
       (SELECT json_agg(c.words ORDER BY c.at) FROM tracking_change c
         WHERE c.track_id = t.decision_id AND c.withdrawn_at IS NULL), t.unchanged_because
  FROM tracking_track t JOIN conferences_decision d ON d.id = t.decision_id JOIN matters_matter m ON m.id = d.task_id
  JOIN tracking_follow f ON f.id = t.follow_id JOIN minutes_sitting s ON s.id = f.sitting_id
  JOIN minutes_decisiontext x ON x.id = t.text_id JOIN minutes_item i ON i.id = x.item_id
  LEFT JOIN minutes_decisiontext p ON p.id = x.parent_id JOIN directory_unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (SELECT * FROM conferences_decisionreport y WHERE y.decision_id = d.id
                      ORDER BY y.recorded_at DESC LIMIT 1) r ON true
 WHERE t.part <> 'share' AND d.released_at IS NULL
   AND (s.id = %(sitting)s OR s.series_id = (SELECT o.series_id FROM minutes_sitting o WHERE o.id = %(sitting)s)
        AND s.met_on <= (SELECT o.met_on FROM minutes_sitting o WHERE o.id = %(sitting)s))
 ORDER BY s.met_on, i.position, x.position, t.round
"""


@dataclass(frozen=True)
class StatusRow:
    """案次、決議、主協辦、辦理情形、建議. `case` counts the rows: the next minutes rule by it (第1案解除列管)."""

    case: int
    decision_id: UUID
    number: str
    sitting: str
    where: str
    text: str
    unit: str
    helping: tuple[str, ...]
    due: str
    due_on: date | None
    is_late: bool
    state: str
    done: str
    evidence: str
    reported: str
    shares: tuple[str, ...]
    changes: tuple[str, ...]
    proposes: str


@dataclass(frozen=True)
class StatusTable:
    file_id: UUID
    title: str
    rows: tuple[StatusRow, ...]

    @property
    def silent(self) -> int:
        return sum(not one.done for one in self.rows)


def status(viewer: Viewer, sitting_id: UUID) -> StatusTable:
    """Every open decision of the series up to a sitting, with the latest report and proposal; two statements."""
    follow = Follow.objects.select_related("sitting").filter(sitting_id=sitting_id).first()
    if follow is None or not standing.may_track(viewer, follow.unit_id):
        raise NotFound(_("這場會議還沒有列管的決議，或不歸你彙整。"))
    return StatusTable(follow.id, follow.sitting.title, _rows(sitting_id, "called"))


def as_text(viewer: Viewer, sitting_id: UUID) -> str:
    """The same for the agenda of a sitting still to come, case by case, in the language of the minutes. Whoever asks
    keeps that sitting's minutes; empty where nothing is tracked."""
    with translation.override("zh-hant"):
        return "\n".join(line for one in _rows(sitting_id, "name") for line in _said(one))


def _said(row: StatusRow) -> list[str]:
    helping = f"（協辦：{'、'.join(row.helping)}）" if row.helping else ""
    when = f"　期限：{roc.roc_long(row.due_on)}" if row.due_on else ""
    done = f"{row.done}（{row.evidence}）" if row.done else "還沒有回報。"
    more = [*row.shares, *(f"改了：{one}" for one in row.changes)]
    return [
        f"案次{row.case}　{row.sitting}{row.where}　{row.text}",
        f"主辦：{row.unit}{helping}{when}",
        *"；".join([f"辦理情形：{done}", *more]).split("\n"),
        *([row.proposes] if row.proposes else []),
    ]


def _rows(sitting_id: UUID, called: str) -> tuple[StatusRow, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STATUS_SQL.format(called=called), {"sitting": sitting_id})
        return tuple(_row(case, row) for case, row in enumerate(cursor.fetchall(), 1))


def _row(case: int, row: tuple[Any, ...]) -> StatusRow:
    (key, number, sitting, kind, section, label, parent, no, text, unit, due, due_words, state, _part, done, evidence,
     proposes, at, shares, changes, unchanged) = row  # fmt: skip
    shares = shares or ()
    said = tuple(_("%(unit)s：%(words)s") % {"unit": name, "words": words_ or _("還沒有回報")}
                 for name, words_, _shown in shares)  # fmt: skip
    changed = tuple(changes or ()) or ((_("沒有改：%(why)s") % {"why": unchanged},) if unchanged else ())
    late = due is not None and due < clock.today() and not done
    return StatusRow(
        case, key, number, sitting, words.where(kind, section, label, parent, no), text, unit,
        tuple(name for name, _words, _shown in shares),
        words.roc(due) + (f"（{due_words}）" if due_words else ""), due, late, words.state(state), done or "",
        evidence or "", words.moment(at), said, changed, _proposed(proposes),
    )  # fmt: skip


def _proposed(code: str | None) -> str:
    return {"released": _("建議解除列管"), "condition": _("建議附條件解除列管"), "continued": _("建議繼續列管"),
            "special": _("建議另開專案會議")}.get(code or "", "")  # fmt: skip
