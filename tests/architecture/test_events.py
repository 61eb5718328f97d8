"""Events in code, events in rules and the declared list agree, in both directions."""

import ast
from collections.abc import Iterator
from pathlib import Path

from anwang import rulebook

PACKAGE = Path(__file__).resolve().parents[2] / "anwang"
DECLARED = set(rulebook.book().contents.events)


def constants(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def handed_over() -> set[str]:
    """Every event name written where something happens: `happened(event="…")`, `open_matter(event="…")`."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "event":
                found |= {word for word in constants(node.value) if "." in word}
    return found


def named() -> set[str]:
    """Every declared event that some room names anywhere, in a call or in its `events` table."""
    words = (set(constants(ast.parse(path.read_text(encoding="utf-8")))) for path in PACKAGE.rglob("*.py"))
    return set().union(*words) & DECLARED


def test_emits_only_declared_events() -> None:
    assert handed_over() - DECLARED == set()


def test_starts_no_duty_by_an_event_nobody_emits() -> None:
    waited = {
        event
        for handle in rulebook.book().duties()
        for version in handle.versions()
        for event in version.content.starts_when
    }
    assert waited - named() == set()
