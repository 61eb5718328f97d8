"""Lines as they are drawn: the sentence, what it changed, the number that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anwang.access.viewer import Viewer
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.rulebook import Rulebook, UnknownRule
from anwang.rulebook.explain import summary
from anwang.tracking import lines, rules, words
from anwang.tracking.states import Changed

LONGEST = 60


@dataclass(frozen=True)
class End:
    """Where a line leads. `value` is what the rule says today; `is_number` marks figures and values."""

    kind: str
    kind_words: str
    ref: str
    name: str
    value: str
    since: str
    from_on: date | None
    is_number: bool


@dataclass(frozen=True)
class Drawn:
    """One decision of published minutes as a line."""

    at: str
    words: str
    says: str
    asks: str
    now: str
    note: str
    rules: tuple[End, ...]
    numbers: tuple[End, ...]


@dataclass(frozen=True)
class Summary:
    """Minutes with how many of their decisions are done, partly done, not done, not for this product."""

    minutes: str
    title: str
    dated: str
    counts: dict[str, int]
    total: int


def minutes_drawn(viewer: Viewer, minutes: str) -> tuple[Drawn, ...]:
    """Every line of some minutes; empty where they are not known."""
    lang = words.lang()
    found = []
    for one in lines.lines().get(minutes, ()):
        shown = ends([(end.kind, end.ref, end.from_on) for end in one.to])
        found.append(
            Drawn(one.at, one.words, one.says.to(lang), one.asks, one.now, one.note.to(lang),
                  tuple(end for end in shown if not end.is_number), tuple(end for end in shown if end.is_number))
        )  # fmt: skip
    return tuple(found)


def summaries(viewer: Viewer) -> tuple[Summary, ...]:
    """The minutes that were drawn, latest first."""
    sources, lang = book().contents.sources, words.lang()
    found = []
    for minutes, rows in lines.lines().items():
        counts = {now: sum(one.now == now for one in rows) for now in lines.NOW}
        source = sources[minutes]
        dated = words.roc(date.fromisoformat(source.dated)) if len(source.dated) == 10 else source.dated
        found.append(Summary(minutes, source.title.to(lang), dated, counts, len(rows)))
    return tuple(found)


def ends(given: Iterable[tuple[str, str, date | None]]) -> tuple[End, ...]:
    """Ends with their names and what they say today."""
    among, today = book(), clock.today()
    return tuple(_end(kind, ref, from_on, among, today) for kind, ref, from_on in given)


def _end(kind: str, ref: str, from_on: date | None, among: Rulebook, today: date) -> End:
    lang = words.lang()
    said = str(Changed(kind).label)
    if kind == Changed.PAGE:
        return End(kind, said, ref, rules.pages().get(ref, {}).get(lang, ref), "", "", None, True)
    if kind == Changed.INDICATOR:
        return End(kind, said, ref, rules.indicators().get(ref, {}).get(lang, ref), "", "", None, True)
    if kind not in (Changed.RULE, Changed.INSTRUMENT):
        return End(kind, said, ref, "", "", "", from_on, False)
    try:
        handle = among.handle(ref)
    except UnknownRule:
        return End(kind, said, ref, ref, "", "", from_on, False)
    version = handle.get(from_on or today) or handle.get(today)
    value = summary(version).to(lang) if version and handle.kind == "value" else ""
    since = words.roc(from_on or (version.from_ if version else None))
    return End(kind, said, ref, handle.title.to(lang), value[:LONGEST], since, from_on, False)
