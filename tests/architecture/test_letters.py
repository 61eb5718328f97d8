"""No two kinds of numbers begin with the same letter: who reads one aloud says what it is."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, below

NAMES = ("LETTER", "FAMILY_LETTER", "LOOK", "REQUEST")


def _letters() -> Iterator[tuple[str, str]]:
    """Each letter that a room gives its numbers, and where."""
    for path in below("anwang", ".py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign):
                for name, value in _assigned(node.targets[0], node.value):
                    if name in NAMES or (name == "LETTERS" and path.name == "planning.py"):
                        for one in value.values if isinstance(value, ast.Dict) else [value]:
                            if isinstance(one, ast.Constant) and re.fullmatch("[A-Z]", str(one.value)):
                                yield str(path.relative_to(PACKAGE)), str(one.value)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, its)
    elif isinstance(target, ast.Name):
        yield target.id, value


def test_gives_every_kind_of_number_a_letter_of_its_own() -> None:
    found = list(_letters())
    twice = {letter for letter, times in Counter(letter for _place, letter in found).items() if times > 1}
    assert len(found) > 10
    assert not twice, [one for one in found if one[1] in twice]
