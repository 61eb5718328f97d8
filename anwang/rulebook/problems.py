"""What is wrong with the policy files, collected so that an editor sees all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: the file (with line where known), the rule, and a sentence."""

    where: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.message}" if self.rule else f"{self.where}: {self.message}"


class RulebookError(ValueError):
    """The policy files cannot be used; `problems` holds every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotInForce(LookupError):
    """The rule has no version on the day asked for (not yet, ended, or withdrawn)."""


class UnknownRule(LookupError):
    """No rule of that kind has this id, or no stored version has this hash."""


class WrongAnswer(ValueError):
    """An answer or fact that the rule cannot read; never taken as 'unknown'."""


@dataclass
class Report:
    """Collects problems of one document while it is being read."""

    where: str
    rule: str = ""
    problems: list[Problem] = field(default_factory=list)

    def complain(self, message: str) -> None:
        self.problems.append(Problem(self.where, self.rule, message))

    def at(self, rule: str) -> Report:
        """The same list of problems, seen from one rule."""
        return Report(self.where, rule, self.problems)

    def keys(self, body: Mapping[str, Any], allowed: Iterable[str], required: Iterable[str] = ()) -> None:
        """Complain of keys that are not known here and of those that are missing."""
        allowed = set(allowed)
        for key in body:
            if key not in allowed:
                self.complain(f"unknown key '{key}'")
        for key in required:
            if body.get(key) is None:
                self.complain(f"'{key}' is missing")

    def mapping(self, raw: Any, what: str) -> Mapping[str, Any]:
        """`raw` if it is a mapping, else an empty one and a complaint."""
        if isinstance(raw, Mapping):
            return raw
        self.complain(f"{what} must be a mapping")
        return {}

    def sequence(self, raw: Any, what: str) -> list[Any]:
        """`raw` if it is a list, else an empty one and a complaint."""
        if isinstance(raw, list):
            return raw
        self.complain(f"{what} must be a list")
        return []
