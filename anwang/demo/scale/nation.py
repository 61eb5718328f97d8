"""Facts and rates of `nation.yaml`: counties, townships, surnames, how much of what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

VIOLENCE = ("intimate_violence", "other_violence")


@dataclass(frozen=True)
class Place:
    """A real county by its register code: how many people, centres and posts filled, its townships."""

    code: str
    name: str
    name_en: str
    people: int
    centres: int
    filled: float
    townships: tuple[tuple[str, str], ...]
    """(code of 8 digits, name)."""


@dataclass(frozen=True)
class Nation:
    """Everything of `nation.yaml`, shares as fractions."""

    reports: int
    open_cases: int
    kinds: dict[str, float]
    """Of all reports, by kind of case; adds up to one."""
    surnames: tuple[tuple[str, float], ...]
    places: tuple[Place, ...]
    rates: dict[str, float]
    cases_per_worker: int

    @cached_property
    def surname_names(self) -> list[str]:
        return [name for name, _ in self.surnames]

    @cached_property
    def surname_weights(self) -> list[float]:
        """Added up, as `random.choices` wants them."""
        return list(accumulate(weight for _, weight in self.surnames))

    def share(self, place: Place) -> float:
        """Of the nation's people, living there."""
        return place.people / sum(one.people for one in self.places)


@cache
def nation() -> Nation:
    raw = yaml.safe_load((Path(__file__).parent / "nation.yaml").read_text(encoding="utf-8"))
    rates = {
        name: raw[name] / 100 for name in ("repeats", "duplicates", "bad_records", "without_number", "late_entries")
    }
    return Nation(
        raw["reports_a_year"],
        raw["open_cases"],
        _kinds(raw),
        _surnames(raw["surnames"]),
        tuple(_place(code, body, raw) for code, body in raw["counties"].items()),
        rates,
        raw["cases_per_worker"],
    )


def _kinds(raw: dict[str, Any]) -> dict[str, float]:
    """Suicide apart, the rest into families and protection, protection by its own shares."""
    found = {"suicide": raw["suicide"] / 100}
    rest = 1 - found["suicide"]
    found["vulnerable_family"] = rest * raw["vulnerable_family_of_the_rest"] / 100
    protective, parts = rest - found["vulnerable_family"], dict(raw["protective"])
    whole, between = sum(parts.values()), raw["intimate_of_violence"] / 100
    violence = protective * parts.pop("violence") / whole
    found |= dict(zip(VIOLENCE, (violence * between, violence * (1 - between)), strict=True))
    return found | {kind: protective * part / whole for kind, part in parts.items()}


def _surnames(text: str) -> tuple[tuple[str, float], ...]:
    pairs = (re.fullmatch(r"(\D+)([\d.]+)", one) for one in text.split())
    return tuple((pair[1], float(pair[2])) for pair in pairs if pair)


def _place(code: str, body: dict[str, Any], raw: dict[str, Any]) -> Place:
    towns = tuple((code + one[:3], one[3:]) for one in raw["townships"][code].split())
    filled = body.get("filled", raw["filled"]) / 100
    return Place(code, body["name"], body["en"], body["people"], body["centres"], filled, towns)
