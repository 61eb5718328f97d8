"""Every code that a reading is written with has its word in the one dictionary, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.utils import translation

from anwang.audit import words
from tests.architecture.source import PACKAGE, below

WRITERS = {"reading", "readings"}
"""Functions whose first argument is a code."""
HANDED_ON = {"trace", "page", "what"}
"""Names that a code is handed on under; where they begin is found by itself."""


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in below("anwang", ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield str(path.relative_to(PACKAGE)), node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _text(given: ast.expr) -> str:
    """The code as far as it is written out: `print.{what}.{form}` gives `print.`."""
    first = given.values[0] if isinstance(given, ast.JoinedStr) else given
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _codes() -> Iterator[tuple[str, str]]:
    for place, call in _calls():
        named = {word.arg: word.value for word in call.keywords}
        if _name(call) in WRITERS and call.args and "file_id" in named | {"file_id": named.get("file_ids")}:
            code = _text(call.args[0])
            if code != "print.":
                yield place, code or ast.unparse(call.args[0])
        elif _name(call) == "Reading" and "what" in named:
            yield place, _text(named["what"])
        elif _name(call) == "print_sheet" and "what" in named:
            yield place, f"print.{_text(named['what'])}.pdf"
        elif "trace" in named and isinstance(named["trace"], ast.Constant):
            yield place, _text(named["trace"])


def _defaults() -> Iterator[tuple[str, str]]:
    for path in below("anwang", ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for one, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
                    if one.arg == "trace" and default is not None:
                        yield str(path.relative_to(PACKAGE)), _text(default)


def test_finds_the_codes_in_the_source() -> None:
    found = {code for _place, code in [*_codes(), *_defaults()]}
    assert {"report", "cases.case", "papers.visit", "glass", "print.visit.pdf", "figures.drill"} <= found


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_has_a_word_for_every_reading(language: str) -> None:
    with translation.override(language):
        missing = {f"{place}: {code}" for place, code in [*_codes(), *_defaults()]
                   if code not in HANDED_ON and not words.said(code)}  # fmt: skip
    assert not missing, f"say what it is in anwang/audit/words.py: {sorted(missing)}"


def test_says_the_same_word_for_every_form_of_a_printed_sheet() -> None:
    assert words.of_reading("print.paper.odt") == words.of_reading("print.paper.pdf") != words.of_reading("old.code")


def test_keeps_codes_that_nobody_knows_off_the_page() -> None:
    assert words.of_reading("a.page.of.long.ago") == "其他資料"
