"""Every sentence that the sources ask to be translated has its English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.source import PACKAGE, ROOT, below

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
CALL = re.compile(rf"\b(_|n?p?gettext)\(((?:\s*(?:u?(?:{STRING})|count)\s*,?)+)\)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")
CATALOGUES = [path for path in below("anwang", ".po") if "en" in path.parts]


def _english() -> dict[str, str]:
    known: dict[str, str] = {}
    for path in CATALOGUES:
        for message in _read(path):
            key = message.id if isinstance(message.id, str) else message.id[0]
            text = message.string if isinstance(message.string, str) else message.string[0]
            if key and text and not message.fuzzy:
                known[key] = text
    return known


def _read(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), abort_invalid=True)


def _asked_in_python(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for _, message, _, context in extract("python", file, KEYWORDS, options={"encoding": "utf-8"}):
            yield message if isinstance(message, str) else message[-2 if context is None else -1]


def _asked_in_template(path: Path) -> Iterator[str]:
    for function, arguments in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        strings = [ast.literal_eval(text) for text in re.findall(STRING, arguments)]
        yield strings[1] if function.startswith("p") else strings[0]


def _asked() -> dict[str, str]:
    """Every sentence and the file that asks for it."""
    asked = {}
    for path in below("anwang", ".py", ".html", ".txt"):
        read = _asked_in_python if path.suffix == ".py" else _asked_in_template
        if path.suffix == ".py" or "templates" in path.parts:
            asked.update(dict.fromkeys(read(path), str(path.relative_to(ROOT))))
    return asked


def test_translates_every_sentence_into_english() -> None:
    known = _english()
    missing = [f"{place}: {sentence}" for sentence, place in _asked().items() if sentence not in known]
    assert not missing


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_keeps_placeholders_in_translation(path: Path) -> None:
    for message in _read(path):
        if message.id and isinstance(message.id, str) and isinstance(message.string, str):
            assert sorted(PLACEHOLDER.findall(message.id)) == sorted(PLACEHOLDER.findall(message.string)), message.id
