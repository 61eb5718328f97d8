"""The levels somebody may be put on, and why not on some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.followups import rules, words
from anwang.followups.course import standing
from anwang.foundation import clock
from anwang.rulebook import explain


@dataclass(frozen=True)
class Level:
    """A schedule of a group: its code, name, how often in words, and the sentence that blocks it, if any."""

    rule_id: str
    group: str
    code: str
    title: str
    says: str
    blocked: str


@held()
def levels(viewer: Viewer, group: str, county: str, on: date | None = None) -> tuple[Level, ...]:
    """Every level of a group in force on a day."""
    return tuple(_level(one) for one in rules.of_group(group, on or clock.today(), county))


def why_blocked(viewer: Viewer, group: str, level: str, county: str, on: date | None = None) -> str:
    """Who must set how often a level is visited; empty when it is set."""
    version = rules.of_level(group, level, on or clock.today(), county)
    return "" if version is None else words.blocked(version)


def level_now(viewer: Viewer, matter_id: UUID, group: str, person_id: UUID | None = None) -> str:
    """The code of the level a running course is on; empty when none runs. For rooms that may act on the case."""
    running = standing(matter_id).running(group, person_id)
    if not running:
        return ""
    version = rules.handle_of(running[-1].rule_id).latest(clock.today())
    return version.content.level if version else ""


def _level(version: rules.Version[rules.Schedule]) -> Level:
    return Level(
        version.rule_id, version.content.group, version.content.level, words.text(version.title),
        words.text(explain.summary(version)), words.blocked(version),
    )  # fmt: skip
