"""Forms as they were filled, each with what stands: the person's value, else the system's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row of a statement
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.instruments import rules
from anwang.instruments.states import Applies, Direction, Source

FILLS_SQL = """
SELECT f.id, f.matter_id, f.person_id, f.family_id, f.instrument, v.body, f.network, f.source, f.reported_by,
       f.reported_version, f.scores, f.applies, f.level, f.hint, f.floor_rank, f.ceiling_rank, f.event_on, f.at, f.by,
       w.called, u.called, j.level, j.direction, j.reason, j.words, coalesce(p.name, h.label), m.number, f.recorded_at,
       EXISTS (SELECT 1 FROM instruments_fill r WHERE r.replaces_id = f.id), d.did, f.answers, f.version_id,
       f.unit_id, f.county, m.ended_at IS NOT NULL
  FROM instruments_fill f JOIN instruments_version v ON v.hash = f.version_id
  JOIN matters_matter m ON m.id = f.matter_id
  LEFT JOIN directory_worker w ON w.id = f.by LEFT JOIN directory_unit u ON u.id = f.unit_id
  LEFT JOIN people_person p ON p.id = f.person_id LEFT JOIN people_family h ON h.id = f.family_id
  LEFT JOIN LATERAL (SELECT * FROM instruments_judgement j WHERE j.fill_id = f.id
                      ORDER BY j.recorded_at DESC, j.id DESC LIMIT 1) j ON true
  LEFT JOIN LATERAL (SELECT * FROM instruments_followup d WHERE d.fill_id = f.id
                      ORDER BY d.recorded_at DESC, d.id DESC LIMIT 1) d ON true
 WHERE (%(matter)s::uuid IS NULL OR f.matter_id = %(matter)s) AND (%(fill)s::uuid IS NULL OR f.id = %(fill)s)
   AND (%(person)s::uuid IS NULL OR f.person_id IN (SELECT q.id FROM people_person q JOIN people_person me
          ON me.identity_id = q.identity_id WHERE me.id = %(person)s))
   AND (%(family)s::uuid IS NULL OR f.family_id = %(family)s)
   AND (%(instrument)s::text IS NULL OR f.instrument = %(instrument)s)
 ORDER BY f.at DESC, f.id DESC LIMIT %(most)s
"""
MOST = 300


@dataclass(frozen=True)
class FillLine:
    """One filled form. `stands` is the level that counts for people: his own value, else the system's.

    `counts` is False for a form not made for this person; `is_open` says that nobody has decided yet.
    """

    id: UUID
    matter_id: UUID
    number: str
    person_id: UUID | None
    family_id: UUID | None
    whom: str
    instrument: str
    title: str
    version: date
    """The first day of the version it was filled with."""
    network: str
    network_text: str
    is_reported: bool
    reported_by: str
    reported_version: str
    scores: dict[str, tuple[int, int]]
    applies: str
    applies_text: str
    system: str
    system_text: str
    hint_text: str
    floor_text: str
    ceiling_text: str
    stands: str
    stands_text: str
    rank: int | None
    direction: str
    direction_text: str
    because: str
    words: str
    """Why, in the words of who judged."""
    event_on: Any
    at: datetime
    recorded_at: datetime
    by_id: UUID | None
    by: str
    unit: str
    unit_id: UUID | None
    county: str
    is_over: bool
    """The case has ended: nothing is written any more."""
    is_replaced: bool
    did_text: str
    answers: dict[str, Any]
    version_hash: str
    body: dict[str, Any]

    @property
    def counts(self) -> bool:
        return self.applies == Applies.YES

    @property
    def is_open(self) -> bool:
        return not self.stands


@dataclass(frozen=True)
class Latest:
    """The level that stands now for one person (or family) on one form, for rooms that follow it."""

    fill_id: UUID
    instrument: str
    level: str
    rank: int | None
    is_system: bool
    counts: bool
    at: datetime
    from_on: date


def of_case(viewer: Viewer, matter_id: UUID, instrument: str | None = None) -> tuple[FillLine, ...]:
    """Every form filled in a file that the viewer may read, newest first; replaced ones say so."""
    return read(matter=matter_id, instrument=instrument)


def latest(
    viewer: Viewer, *, instrument: str, person_id: UUID | None = None, family_id: UUID | None = None,
    matter_id: UUID | None = None,
) -> Latest | None:  # fmt: skip
    """The newest form of this kind about somebody, over every file the viewer may read; None when there is none.

    `level` is empty while nobody has decided what the form left open.
    """
    for line in read(matter=matter_id, person=person_id, family=family_id, instrument=instrument):
        if not line.is_replaced:
            return Latest(line.id, instrument, line.stands, line.rank, not line.direction or line.direction == "agreed",
                          line.counts, line.at, line.version)  # fmt: skip
    return None


INDEX = "vulnerability.index"


@dataclass(frozen=True)
class Index:
    """The vulnerability index of a case for its report: the system's level, what stands, and why they differ."""

    proposed: str = ""
    chosen: str = ""
    because: str = ""


def index_of(viewer: Viewer, matter_id: UUID) -> Index:
    """From the newest index filled in the case; empty when there is none."""
    line = next((one for one in read(matter=matter_id, instrument=INDEX) if not one.is_replaced), None)
    if line is None:
        return Index()
    if line.stands == line.system:
        return Index(line.system, line.stands)
    return Index(line.system, line.stands, line.words or _("系統沒有定值，由人研判。"))


def read(
    *, matter: UUID | None = None, fill: UUID | None = None, person: UUID | None = None, family: UUID | None = None,
    instrument: str | None = None, most: int = MOST,
) -> tuple[FillLine, ...]:  # fmt: skip
    """Rows under the viewer's own rights. Internal to this room."""
    given = {"matter": matter, "fill": fill, "person": person, "family": family, "instrument": instrument, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(FILLS_SQL, given)
        return tuple(_line(*row) for row in cursor.fetchall())


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _line(
    id_: UUID, matter_id: UUID, person_id: UUID | None, family_id: UUID | None, instrument: str, body: Any,
    network: str, source: str, reported_by: str, reported_version: str, scores: Any, applies: str, level: str,
    hint: str, floor_rank: int | None, ceiling_rank: int | None, event_on: Any, at: datetime, by: UUID | None,
    worker: str | None, unit: str | None, judged: str | None, direction: str | None, reason: str | None,
    words: str | None, whom: str | None, number: str, recorded_at: datetime, is_replaced: bool, did: str | None,
    answers: Any, version_hash: str, unit_id: UUID | None, county: str, is_over: bool,
) -> FillLine:  # fmt: skip
    stored = _json(body)
    form = rules.revived(stored)
    results = form.content.results
    order = [code for code, _text in results]
    named = {code: rules.said(text) for code, text in results}
    stands = judged or level
    because = "　".join(filter(None, (rules.label(rules.REASON, reason) if reason else "", words)))
    return FillLine(
        id=id_, matter_id=matter_id, number=number, person_id=person_id, family_id=family_id, whom=whom or _("保密"),
        instrument=instrument, title=rules.said(form.title), version=form.from_, network=network,
        network_text=rules.label(rules.NETWORK, network), is_reported=source == Source.REPORTED,
        reported_by=reported_by, reported_version=reported_version,
        scores={name: (span[0], span[1]) for name, span in _json(scores).items()}, applies=applies,
        applies_text=str(Applies(applies).label), system=level, system_text=named.get(level, ""),
        hint_text=named.get(hint, ""), floor_text=named[order[floor_rank]] if floor_rank is not None else "",
        ceiling_text=named[order[ceiling_rank]] if ceiling_rank is not None else "", stands=stands,
        stands_text=named.get(stands, ""), rank=order.index(stands) if stands in order else None,
        direction=direction or "", direction_text=str(Direction(direction).label) if direction else "",
        because=because, words=words or "", event_on=event_on, at=at, recorded_at=recorded_at, by_id=by,
        by=worker or "",
        unit=unit or "", unit_id=unit_id, county=county, is_over=is_over,
        is_replaced=is_replaced, did_text=rules.label(rules.FOLLOWED_UP, did) if did else "",
        answers=_json(answers), version_hash=version_hash, body=stored,
    )  # fmt: skip
