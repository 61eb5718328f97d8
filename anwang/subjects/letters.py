"""An answer as a sheet of paper: the same parts in the same order for everybody who asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any  # the words as YAML gives them

import yaml
from django.utils import translation

from anwang.cases import words
from anwang.documents.printing import Part, Sheet
from anwang.foundation import roc

from . import rules
from .states import Asks

REFUSED = "—"


@lru_cache
def fixed() -> dict[str, Any]:
    """The fixed words."""
    text = (Path(__file__).parent / "letters" / "answer.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def part_codes() -> tuple[str, ...]:
    return tuple(one["code"] for one in fixed()["parts"])


@translation.override("zh-hant")
def sheet(answer: Mapping[str, Any], *, number: str, unit: str) -> Sheet:
    """The letter of a stored answer (`actions.answering`). Its author is the unit that took the request, no other."""
    said = fixed()
    asked = answer["asked"]
    parts = [Part(said["asked"], rows=tuple((label, text) for label, text in asked))]
    if answer["asks"] == Asks.COPY:
        head = ("項目", "答復", "依據")
        parts.append(Part(said["answered"], table=(head, *(_line(one) for one in answer["parts"]))))
        parts += [
            Part(_heading(one["code"]), rows=tuple((label, text) for label, text in one["rows"]))
            for one in answer["parts"]
            if one["rows"]
        ]
    else:
        parts.append(Part(said["answered"], paragraphs=tuple(answer["said"])))
    parts.append(Part(said["notes"], paragraphs=tuple(answer["notes"])))
    envelope = (("發文單位", unit), ("編號", number), ("受文者", answer["to"]), ("日期", answer["on"]))
    return Sheet(
        title=said["title"], name=number, author=unit, secrecy=said["secrecy"], envelope=envelope,
        parts=tuple(parts), closing=tuple(said["closing"]),
    )  # fmt: skip


def _line(one: Mapping[str, Any]) -> tuple[str, str, str]:
    said = fixed()
    if one["ground"]:
        return (_heading(one["code"]), said["refused"], words.label(rules.GROUNDS, one["ground"]))
    given = said["given"] if one["rows"] else said["given_as_asked"] if one["code"] == "basics" else "查無"
    return (_heading(one["code"]), given, REFUSED)


def _heading(code: str) -> str:
    return next(str(one["heading"]) for one in fixed()["parts"] if one["code"] == code)


def written_on(day: date) -> str:
    """A day as a letter writes it: 115年4月7日."""
    return roc.roc_long(day)
