"""The manual's pictures: each that is named exists, each that exists is named, in both languages, and is small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 250_000
MANUALS = ["docs/manual.md", "docs/manual.zh-Hant.md"]
READMES = ["README.md", "README.zh-Hant.md"]


def named(path: str) -> set[str]:
    """Pictures that a page shows, by file name."""
    page = ROOT / path
    shown = re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return {(page.parent / one).resolve().relative_to(PICTURES).name for one in shown}


@pytest.mark.parametrize("path", [*MANUALS, *READMES])
def test_shows_pictures_that_exist(path: str) -> None:
    there = {one.name for one in PICTURES.iterdir()}
    assert named(path)
    assert named(path) <= there


def test_shows_every_picture_in_both_languages() -> None:
    english, chinese = (named(path) for path in MANUALS)
    assert english == chinese == {one.name for one in PICTURES.iterdir()}


def test_keeps_pictures_small() -> None:
    assert {one.name: one.stat().st_size for one in PICTURES.iterdir() if one.stat().st_size > MOST_BYTES} == {}


def test_is_taken_by_the_stories() -> None:
    stories = "".join(one.read_text(encoding="utf-8") for one in Path(__file__).parent.glob("test_*.py"))
    taken = set(re.findall(r'\.picture\("([a-z-]+)"', stories))
    assert {f"{name}.png" for name in taken} == {one.name for one in PICTURES.iterdir()}
