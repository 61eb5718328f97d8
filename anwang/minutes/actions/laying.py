"""Laying down what was read: one row for each line, section, item, answer, decision, correction and doubt."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from anwang.audit.rows import Rows, new
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.matching import Directory, amended
from anwang.minutes.models import (
    Amendment,
    Attendance,
    DecisionCase,
    DecisionText,
    DecisionUnit,
    Item,
    Material,
    Node,
    Reading,
    Response,
    Section,
    Sitting,
    Uncertain,
)
from anwang.minutes.reading.paper import Decision, Minutes
from anwang.minutes.reading.paper import Item as ReadItem
from anwang.minutes.states import OUT

_UNIT, _ASKED, _SECTION, _LABEL, _DUE, _RECURS = 200, 120, 400, 20, 60, 40
"""Signs kept of what a line was taken for; the whole words are in the lines."""
_HIGHEST = 32767
"""No case is counted higher."""


def lay(sitting: Sitting, minutes: Minutes, directory: Directory) -> None:
    """Write everything of a paper, in one statement."""
    rows = Rows()
    rows.add(
        *(
            new(Node, id=uuid7(), sitting_id=sitting.id, line=one.line, place=place, kind=one.kind, text=one.text)
            for place, one in enumerate(minutes.nodes)
        )
    )
    rows.add(
        *(
            new(
                Section, id=uuid7(), sitting_id=sitting.id, position=place, line=one.line,
                label=(one.label or "")[:_LABEL], title=one.title[:_SECTION], text=one.text,
            )
            for place, one in enumerate(minutes.sections)
        )
    )  # fmt: skip
    for place, item in enumerate(minutes.items):
        lay_item(rows, sitting.id, place, item, directory)
    _amendments(rows, sitting, minutes)
    rows.add(
        *(
            new(
                Uncertain, id=uuid7(), sitting_id=sitting.id, position=place, line=one.line, text=one.text,
                why=one.why, settled="", words="", at=None, by=None,
            )
            for place, one in enumerate(minutes.uncertain)
        )
    )  # fmt: skip
    rows.write()


def lay_item(rows: Rows, sitting_id: UUID, place: int, item: ReadItem, directory: Directory) -> UUID:
    """Plan one item with its answers and decisions; its id."""
    printed = item.unit or item.speaker or ""
    units = directory.units(printed) if printed else ()
    row = new(
        Item, id=uuid7(), sitting_id=sitting_id, position=place, line=item.line, section=item.section[:_SECTION],
        label=(item.label or "")[:_LABEL], title=item.title, kind=item.kind, unit_words=(item.unit or "")[:_UNIT],
        unit_id=units[0] if len(units) == 1 else None, explanation=item.explanation,
        speaker=(item.speaker or "")[:_UNIT], lead=item.lead,
    )  # fmt: skip
    rows.add(row)
    rows.add(
        *(
            new(
                Response, id=uuid7(), sitting_id=sitting_id, item_id=row.id, position=at, line=one.line,
                unit_words=one.unit[:_UNIT], role=one.role, text=one.text,
            )
            for at, one in enumerate(item.responses)
        )
    )  # fmt: skip
    lay_decisions(rows, sitting_id, row.id, item.decisions, directory)
    return row.id


def lay_decisions(
    rows: Rows, sitting_id: UUID, item_id: UUID, decisions: Iterable[Decision], directory: Directory
) -> None:  # fmt: skip
    """Plan the decisions of an item; one stands under the last above it that bears its parent's number."""
    above: dict[str | None, UUID] = {}
    for place, one in enumerate(one for one in decisions if one.text):
        key = uuid7()
        rows.add(
            new(
                DecisionText, id=key, sitting_id=sitting_id, item_id=item_id, position=place, line=one.line,
                number=one.no or "", level=one.level, parent_id=above.get(one.parent) if one.parent else None,
                text=one.text, tracking=one.tracking or "", due=(one.due or "")[:_DUE],
                recurrence=(one.recurrence or "")[:_RECURS], units=[unit[:_ASKED] for unit in one.units],
            )
        )  # fmt: skip
        above[one.no] = key
        asked = dict.fromkeys(unit for printed in one.units for unit in directory.units(printed))
        rows.add(
            *(new(DecisionUnit, id=uuid7(), sitting_id=sitting_id, decision_id=key, unit_id=unit) for unit in asked)
        )
        rows.add(
            *(
                new(
                    DecisionCase, id=uuid7(), sitting_id=sitting_id, decision_id=key, position=at, case=case["case"],
                    state=case["state"],
                )
                for at, case in enumerate(one.tracking_cases)
                if case["case"] and case["case"] <= _HIGHEST
            )
        )  # fmt: skip


def _amendments(rows: Rows, sitting: Sitting, minutes: Minutes) -> None:
    earlier = earlier_of(sitting) if minutes.amendments else None
    points = decisions_of(earlier) if earlier else []
    for place, one in enumerate(minutes.amendments):
        rows.add(
            new(
                Amendment, id=uuid7(), sitting_id=sitting.id, position=place, line=one.line,
                target=one.target[:_SECTION], text=one.text, earlier_id=earlier,
                decision_id=amended(one.target, points),
            )
        )  # fmt: skip


def earlier_of(sitting: Sitting) -> UUID | None:
    """The sitting before this one in its series that was sent; None when none is kept."""
    if sitting.series_id is None or sitting.met_on is None:
        return None
    before = Sitting.objects.filter(series_id=sitting.series_id, met_on__lt=sitting.met_on, state__in=list(OUT))
    return before.order_by("-met_on", "-number").values_list("id", flat=True).first()


def decisions_of(sitting_id: UUID) -> list[tuple[str, str, str, UUID]]:
    """(item's kind, item's label, number, id) of every decision of a sitting."""
    found = DecisionText.objects.filter(sitting_id=sitting_id).order_by("item__position", "position")
    return list(found.values_list("item__kind", "item__label", "number", "id"))


def sweep(sitting: Sitting) -> None:
    """Take away everything laid down of a draft, so that it can be read anew or thrown away."""
    for table in (DecisionCase, DecisionUnit, Response, Amendment):
        table.objects.filter(sitting=sitting).delete()
    DecisionText.objects.filter(sitting=sitting, parent__isnull=False).update(parent=None)
    for rest in (DecisionText, Item, Section, Node, Uncertain, Reading, Attendance, Material):
        rest.objects.filter(sitting=sitting).delete()
