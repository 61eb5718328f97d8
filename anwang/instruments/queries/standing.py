"""A person's forms over time, and one form as several networks filled it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # an answer as kept
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation import roc
from anwang.foundation.errors import NotFound
from anwang.instruments import rules
from anwang.rulebook.instruments import RATED, SILENT

from .filled import FillLine, read


@dataclass(frozen=True)
class Answer:
    """One question with its answer in words. `is_silent`: not known, declined, unsafe to ask, or not asked."""

    id: str
    ask: str
    group: str
    text: str
    is_silent: bool


@dataclass(frozen=True)
class Result:
    """One filled form for its page: the line, its questions and answers, and where the form comes from."""

    line: FillLine
    answers: tuple[Answer, ...]
    scores: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]
    kept_as: str
    zone: str
    cite: str
    assumption: str


@dataclass(frozen=True)
class Point:
    """One time of a chart. `least` and `most` differ while answers are missing."""

    at: datetime
    least: int
    most: int
    stands_text: str
    network_text: str
    counts: bool
    version: date
    fill_id: UUID


@dataclass(frozen=True)
class Chart:
    """One form about one person over time: points of the main score, oldest first."""

    instrument: str
    title: str
    whom: str
    score: str
    top: int
    points: tuple[Point, ...]
    levels: tuple[FillLine, ...]


@dataclass(frozen=True)
class Row:
    """One question of a comparison, with each network's answer; `differs` where two of them said something else."""

    ask: str
    cells: tuple[str, ...]
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """The latest form of each network about one person, of one version, side by side."""

    instrument: str
    title: str
    whom: str
    columns: tuple[FillLine, ...]
    rows: tuple[Row, ...]
    differing: int
    others: tuple[FillLine, ...]
    """The latest of a network on another version: not comparable item by item."""


def result(viewer: Viewer, fill_id: UUID) -> Result:
    """One filled form; opening it is a reading of its file. Raises NotFound."""
    found = read(fill=fill_id)
    if not found:
        raise NotFound(_("查無這張表。"))
    line = found[0]
    form = rules.revived(line.body)
    reading("instrument.result", by=viewer, file_id=line.matter_id, zone=form.content.use.zone, because="relation")
    labels = {score.name: rules.said(score.label) for score in form.content.scores}
    cite, assumption = rules.told_from(line.body)
    return Result(
        line=line, answers=tuple(answers(line)) if not line.is_reported else (),
        scores=tuple((labels.get(name, name), span_words(span)) for name, span in line.scores.items()),
        levels=tuple((code, rules.said(text)) for code, text in form.content.results),
        questions=tuple((item.id, rules.said(item.ask)) for item in form.content.items.values()),
        kept_as=form.content.use.kept_as, zone=form.content.use.zone,
        cite=cite, assumption=assumption,
    )  # fmt: skip


def answers(line: FillLine) -> tuple[Answer, ...]:
    """Every question of the form as it was, with what was answered."""
    content = rules.revived(line.body).content
    return tuple(
        Answer(
            item.id, rules.said(item.ask), item.group,
            *_words(content.answers, item.kind, line.answers.get(item.id)),
        )
        for item in content.items.values()
    )  # fmt: skip


def _words(labels: Mapping[str, Any], kind: str, answer: Any) -> tuple[str, bool]:
    if answer is None:
        return _("還沒問"), True
    if answer in SILENT:
        return rules.label(rules.SILENCE, str(answer)), True
    if kind == RATED:
        text = rules.said(labels.get(str(answer)))
        return (f"{answer}　{text}" if str(answer).isdigit() else text), False
    return (roc.roc_long(date.fromisoformat(str(answer))) if kind == "date" else str(answer)), False


def span_words(span: tuple[int, int]) -> str:
    """A score, or the two numbers it lies between."""
    return str(span[0]) if span[0] == span[1] else _("%(least)s到%(most)s") % {"least": span[0], "most": span[1]}


def chart(viewer: Viewer, *, instrument: str, person_id: UUID | None = None, family_id: UUID | None = None) -> Chart:
    """Repeats of one form about somebody, over every file the viewer may read. Raises NotFound when there is none."""
    lines = [one for one in read(person=person_id, family=family_id, instrument=instrument) if not one.is_replaced]
    if not lines:
        raise NotFound(_("還沒有人填過這張表。"))
    _read(viewer, "instrument.chart", lines)
    content = rules.revived(lines[0].body).content
    score = content.scores[0] if content.scores else None
    top = score.bounds(content.items, content.fewest, content.most)[1] if score else 0
    points = tuple(
        Point(one.at, *one.scores[score.name], one.stands_text, one.network_text, one.counts, one.version, one.id)
        for one in reversed(lines)
        if score and score.name in one.scores
    )  # fmt: skip
    return Chart(instrument, lines[0].title, lines[0].whom, rules.said(score.label) if score else "", top, points,
                 tuple(reversed(lines)))  # fmt: skip


def compare(
    viewer: Viewer, *, instrument: str, person_id: UUID | None = None, family_id: UUID | None = None
) -> Comparison:
    """The latest form of each network about somebody side by side; answers that differ are marked."""
    lines = [one for one in read(person=person_id, family=family_id, instrument=instrument) if not one.is_replaced]
    if not lines:
        raise NotFound(_("還沒有人填過這張表。"))
    _read(viewer, "instrument.compared", lines)
    newest: dict[str, FillLine] = {}
    for one in lines:
        newest.setdefault(one.network, one)
    first = next(iter(newest.values()))
    columns = tuple(one for one in newest.values() if one.version_hash == first.version_hash)
    rows = tuple(_rows(columns))
    return Comparison(
        instrument, first.title, first.whom, columns, rows, sum(row.differs for row in rows),
        tuple(one for one in newest.values() if one.version_hash != first.version_hash),
    )  # fmt: skip


def _rows(columns: tuple[FillLine, ...]) -> list[Row]:
    told = [line.stands_text or _("還沒決定") for line in columns]
    found = [Row(_("結果"), tuple(told), len(set(told)) > 1)]
    asked = [answers(line) if not line.is_reported else () for line in columns]
    for place, question in enumerate(max(asked, key=len, default=())):
        given = [one[place] if len(one) > place else None for one in asked]
        heard = {answer.text for answer in given if answer and not answer.is_silent}
        cells = tuple(answer.text if answer else _("依回報") for answer in given)
        found.append(Row(question.ask, cells, len(heard) > 1))
    return found


def _read(viewer: Viewer, what: str, lines: list[FillLine]) -> None:
    for file_id, zone in {(one.matter_id, rules.revived(one.body).content.use.zone) for one in lines}:
        reading(what, by=viewer, file_id=file_id, zone=zone, because="relation")
