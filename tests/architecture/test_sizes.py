"""Limits without exceptions: what does not fit is two things."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.source import ROOT, below, parse

FILE_LINES = 400
FUNCTION_LINES = 50
TEMPLATE_LINES = 120


def test_keeps_files_short() -> None:
    # Migrations are written by Django and read once.
    written = [path for path in below(".", ".py") if "migrations" not in path.parts]
    long = {str(path.relative_to(ROOT)): count for path in written if (count := _lines(path)) > FILE_LINES}
    assert not long


def test_keeps_functions_short() -> None:
    long = [
        f"{module.name}:{function.name}"
        for module in map(parse, below(".", ".py"))
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION_LINES
    ]
    assert not long


def test_keeps_templates_short() -> None:
    templates = [path for path in below("anwang", ".html", ".txt") if "templates" in path.parts]
    long = {str(path.relative_to(ROOT)): count for path in templates if (count := _lines(path)) > TEMPLATE_LINES}
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
