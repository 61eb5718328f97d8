"""What this room asks the rulebook. No literal of law here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.enactments.queries import book
from anwang.rulebook import Code, NotInForce

KINDS, PUBLISHED, SAYS = "deployment.kind", "deployment.published", "deployment.says"
SUPERVISORS = "deployment.supervisors_per_centre"


@dataclass(frozen=True)
class PostsByRule:
    """Posts of so many centres with their arithmetic. `workers` is below zero where the posts do not suffice."""

    per_centre: int
    supervisors: int
    workers: int
    since: date


@dataclass(frozen=True)
class Published:
    """A published figure of the nation with its source."""

    code: str
    label: str
    of: str
    year: int
    says: str
    number: int
    source: str
    dated: str


def kinds(on: date) -> tuple[Code, ...]:
    """What is deployed, in the list's own order."""
    return tuple(book().codelist(KINDS).on(on).codes)


def kind(code: str, on: date) -> Code | None:
    return next((one for one in kinds(on) if one.code == code), None)


def counted_as(code: str, on: date) -> str:
    """Which kind of unit of the directory is counted for it; empty where none is."""
    found = kind(code, on)
    return str(found.marks.get("unit", "")) if found else ""


def has_posts(code: str, on: date) -> bool:
    """Whether posts are allocated by the number of such places."""
    found = kind(code, on)
    return found is not None and found.marks.get("posts") == "yes"


def post_kinds(code: str, on: date) -> tuple[str, str]:
    """Which approved posts a decision changes: kinds (`post.kind`) of supervisors and of workers."""
    found = kind(code, on)
    return (str(found.marks["supervisors"]), str(found.marks["workers"])) if found else ("", "")


def posts(centres: int, total: int, on: date, county: str) -> PostsByRule | None:
    """Supervisors by the rule, workers what is left of the same total; None where no rule is in force."""
    try:
        rule = book().value(SUPERVISORS).on(on, county)
    except NotInForce:
        return None
    per_centre = int(rule.value)
    supervisors = centres * per_centre
    return PostsByRule(per_centre, supervisors, total - supervisors, rule.version.from_)


def published(of: str, on: date, lang: str) -> list[Published]:
    """Published national figures of a kind, by year, each with its source."""
    sources = book().contents.sources
    found = []
    for one in book().codelist(PUBLISHED).on(on).codes:
        if one.marks.get("of") == of:
            source = sources[str(one.marks["source"])]
            found.append(
                Published(
                    one.code, one.label.to(lang), of, int(one.marks["year"]), str(one.marks["says"]),
                    int(one.marks["number"]), source.title.to(lang), source.dated,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.year, one.says, one.code))
