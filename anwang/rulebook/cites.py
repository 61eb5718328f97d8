"""Where a rule comes from: the list of sources and the place in one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .problems import Report
from .text import Text

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Source:
    """One act, regulation, plan, letter or set of minutes. `dated` is the text's own date (ISO, may be a year)."""

    id: str
    title: Text
    authority: Text
    dated: str
    kind: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cite:
    """A place in a source, and its operative words abridged."""

    source: str
    title: Text
    at: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.title.zh} {self.at}".strip()


def read_date(raw: Any, report: Report, what: str) -> date | None:
    """An ISO day; complains and gives None otherwise."""
    if isinstance(raw, str) and _DATE.match(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    report.complain(f"{what}: {raw!r} is not a day written YYYY-MM-DD")
    return None


KINDS = ("act", "regulation", "order", "plan", "guideline", "letter", "minutes", "standard", "report", "news", "note")


def read_sources(raw: Any, authorities: Mapping[str, str], report: Report) -> dict[str, Source]:
    """The sources of `policy/sources.yaml`, with the English names of who issued them."""
    sources: dict[str, Source] = {}
    for item in report.sequence(raw, "sources"):
        body = report.mapping(item, "a source")
        name = str(body.get("source"))
        here = report.at(name)
        here.keys(
            body,
            ("source", "title", "authority", "dated", "kind", "number", "note"),
            ("source", "title", "authority", "dated", "kind"),
        )
        if name in sources:
            here.complain("source listed twice")
        if body.get("kind") not in KINDS:
            here.complain(f"kind is not one of {', '.join(KINDS)}")
        sources[name] = Source(
            name,
            Text.read(body.get("title"), here, "title", both=True),
            Text(str(body.get("authority")), str(authorities.get(str(body.get("authority")), ""))),
            str(body.get("dated")),
            str(body.get("kind")),
            str(body.get("number", "")),
            str(body.get("note", "")),
        )
    return sources


def read_cite(raw: Any, sources: Mapping[str, Source], report: Report) -> Cite | None:
    """A `cite`; complains of an unknown source or a missing place."""
    body = report.mapping(raw, "cite")
    report.keys(body, ("source", "at", "words"), ("source", "at"))
    name = str(body.get("source"))
    source = sources.get(name)
    if source is None:
        if "source" in body:
            report.complain(f"unknown source '{name}'")
        return None
    return Cite(name, source.title, str(body.get("at", "")), str(body.get("words", "")))
