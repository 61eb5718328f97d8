"""The fixed words of a letter: read from `letters/`, filled in for one addressee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent / "letters"


@dataclass(frozen=True)
class LetterWords:
    """A letter's title, subject, paragraphs and the heading of its list of people, with placeholders."""

    title: str
    speed: str
    subject: str
    paragraphs: tuple[str, ...]
    people: str


@lru_cache
def letter_words(name: str) -> LetterWords:
    """The words of one letter, by the name of its file: a kind of paper, or which notice it is."""
    body = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return LetterWords(body["title"], body["speed"], body["subject"], tuple(body["paragraphs"]), body["people"])


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Placeholders replaced once; braces in what somebody typed stay as typed."""
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value.replace("{", "｛").replace("}", "｝"))
    return text


def parts_filled(paragraphs: Sequence[str], facts: Mapping[str, str]) -> list[str]:
    """The paragraphs that have something to say: one with an empty placeholder is left out."""
    empty = [f"{{{name}}}" for name, value in facts.items() if not value]
    return [filled(text, facts) for text in paragraphs if not any(mark in text for mark in empty)]
