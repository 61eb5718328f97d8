"""What each source says of people, side by side, and where they differ."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from anwang.access.viewer import Viewer
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.names import search_key
from anwang.people import words
from anwang.people.models import Statement

OPEN_TOPICS = frozenset({"support"})
"""Of which there may be several at once: they do not contradict each other."""


@dataclass(frozen=True)
class Said:
    id: UUID
    source: str
    value: str
    span: str
    fetched: str
    ground: str


@dataclass(frozen=True)
class Topic:
    """What is said about one thing of one person. `differs`: two sources say different things of the same time."""

    person_id: UUID
    person: str
    code: str
    topic: str
    said: tuple[Said, ...]
    differs: bool


def statements(viewer: Viewer, person_ids: Collection[UUID], on: date | None = None) -> tuple[Topic, ...]:
    """The newest statement of each source on each thing, as it held on a day (today), most trusted source first."""
    day = on or clock.today()
    rows = Statement.objects.filter(person_id__in=person_ids)
    held = Q(since_on__isnull=True) | Q(since_on__lte=day)
    rows = rows.filter(held, Q(until_on__isnull=True) | Q(until_on__gt=day)).select_related("person")
    found: dict[tuple[UUID, str], dict[object, Statement]] = {}
    wrong = Statement.objects.filter(corrects__isnull=False).values("corrects_id")
    for row in rows.exclude(id__in=wrong).order_by("fetched_on", "id"):
        key: object = (row.source, row.value) if row.topic in OPEN_TOPICS else row.source
        found.setdefault((row.person_id, row.topic), {})[key] = row
    return tuple(_topic(kept) for _key, kept in sorted(found.items(), key=lambda one: (str(one[0][0]), one[0][1])))


def statement_choices(viewer: Viewer, list_id: str) -> list[tuple[str, str]]:
    """Codes and words of a list of today: statement.topic or statement.source."""
    return [(one.code, one.label.to(words.lang())) for one in book().codelist(list_id).on(clock.today()).content.codes]


def _topic(kept: dict[object, Statement]) -> Topic:
    order = [code for code, _words in statement_choices(_NOBODY, "statement.source")]
    rows = sorted(kept.values(), key=lambda one: order.index(one.source) if one.source in order else len(order))
    first = rows[0]
    label = dict(statement_choices(_NOBODY, "statement.topic"))
    sources = dict(statement_choices(_NOBODY, "statement.source"))
    said = tuple(
        Said(one.id, sources.get(one.source, one.source), one.value, words.span_words(one.since_on, one.until_on),
             words.day_words(one.fetched_on), one.ground)
        for one in rows
    )  # fmt: skip
    differs = first.topic not in OPEN_TOPICS and len({search_key(one.value) for one in rows}) > 1
    name = words.name_words(first.person.name, first.person.name_kind)
    return Topic(first.person_id, name, first.topic, label.get(first.topic, first.topic), said, differs)


_NOBODY = Viewer(None, "")
"""Code lists are everybody's."""
