"""Which stories are played by actions before they are stamped: kind, how long ago, how far each has come."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.demo.families import CHILD, FAMILY, ILL, LIFE, OLD, WIFE

HOME, SEXUAL = "other_violence", "sexual_violence"
KINDS = (WIFE, CHILD, FAMILY, HOME, LIFE, SEXUAL, OLD, ILL)
BRANCH = {CHILD: "child", FAMILY: "family", LIFE: "mind"}
"""Which branch of a county serves a kind; adult protection serves the others."""


@dataclass(frozen=True)
class Plan:
    """One story: `days` before the demonstration's morning it was reported, at `hour`; `until` is its last step."""

    kind: str
    days: float
    hour: float
    life: str
    until: str = ""
    share: float = 1.0
    """How often it is drawn, against the other stories of its kind and week."""
    keyed: float = 0.1
    """Hours after which it was entered: a late entry where they are many."""
    weeks: int = 0
    """For how many weeks further back it may be stamped; -1 for as far as the year goes."""

    @property
    def branch(self) -> str:
        return BRANCH.get(self.kind, "adult")


BEGIN: tuple[tuple[str, float], ...] = (
    ("take", 0), ("decide", 0.02), ("give", 0.035), ("sign", 0.9), ("visit", 2), ("report", 15), ("answer", 17),
    ("open", 18), ("opened", 20),
)  # fmt: skip
PLANNED = 37
LONG = {3: (PLANNED,), 15: (PLANNED, 50), 27: (PLANNED, 45, 110, 150), 39: (PLANNED, 40, 95, 160, 220)}
"""Weeks since the report, and days of the contacts between opening and the last few days."""
LIVES: dict[str, tuple[tuple[str, float], ...]] = {
    "new": BEGIN,
    "not_opened": (("take", 0), ("decide", 0.1), ("refuse", 0.2), ("agree", 2)),
    "ended": (*BEGIN, ("weeks_5", 35), ("weeks_8", 56), ("close", 70), ("closed", 73)),
    "again": (*BEGIN, ("plan", 37), ("weeks_5", 45), ("again", 60), ("dispatched", 60.1), ("last", 81)),
    "moved": (*BEGIN, ("plan", 37), ("weeks_5", 40), ("ask", 44), ("accept", 49), ("there", 63)),
    "asking": (*BEGIN, ("ask", 22)),
} | {
    f"long_{weeks}": (
        *BEGIN, *((f"weeks_{day}" if day != PLANNED else "plan", day) for day in days), ("last", weeks * 7 + 21 - 3),
    )
    for weeks, days in LONG.items()
}  # fmt: skip
GROUNDS = {FAMILY: "family_copes", CHILD: "no_finding"}


def plans() -> list[Plan]:
    """Every story, kinds in the order of how common they are."""
    return [plan for number, kind in enumerate(KINDS) for plan in _of(kind, number)]


def _of(kind: str, number: int) -> list[Plan]:
    common = number < 4
    found = [Plan(kind, 0, 9.2 + number * 0.13, "new", "take"), Plan(kind, 1, 13.5 + number * 0.2, "new", "decide")]
    if common:
        found += [
            Plan(kind, 0, 8.3 + number * 0.1, "new", "take"),
            Plan(kind, 1, 21.1 + number * 0.3, "new", "take"),
            Plan(kind, 2, 15.2, "new", "give"),
            Plan(kind, 3, 10.5, "new", "sign"),
            Plan(kind, 4, 11.2, "new", "give"),
        ]
    found += [
        Plan(kind, 5, 9.8, "new", "sign"),
        Plan(kind, 8, 14.1, "new", "visit"),
        Plan(kind, 13, 10.9, "new", "visit", weeks=1),
        Plan(kind, 18, 15.4, "new", "report"),
    ]
    days = [21 + weeks * 7 + (number + at) % 5 for at, weeks in enumerate(LONG)]
    found += [
        Plan(kind, day, 9 + (number * 3 + at) % 7 + 0.4, f"long_{weeks}", weeks=12)
        for day, (at, weeks) in zip(days, enumerate(LONG), strict=True)
    ]
    if common:
        found += [
            Plan(kind, 84 + number, 10.6, "again", share=0.8, weeks=12),
            Plan(kind, 66 + number, 9.7, "moved", share=0.15, weeks=12),
        ]
    if common:
        found += [
            Plan(kind, 126 + number, 21.6 + number * 0.2, "long_15", share=0.4, weeks=12),
            Plan(kind, 24 + number, 16.5, "not_opened", keyed=16, share=0.1, weeks=-1),
        ]
    if number < 2:
        found.append(Plan(kind, 26 + number, 11.3, "asking", share=0.05))
    if kind != LIFE:
        found += [
            Plan(kind, 3 + (number + at) % 5 + at, 8.5 + at * 2.1, "not_opened", weeks=-1)
            for at in range(4 if common else 2)
        ]
    return [*found, Plan(kind, 76 + number % 3, 10.2, "ended", weeks=-1)]
