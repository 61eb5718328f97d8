"""The published register of files (個人資料保護法第17條), generated: names of files, never a row of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any  # the register as YAML gives it

import yaml

from anwang.cases.words import lang
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.subjects import dictionary


@dataclass(frozen=True)
class CategoryLine:
    code: str
    words: str


@dataclass(frozen=True)
class FileEntry:
    """One file as the law has it published: name, keeper, basis and purpose, categories."""

    name: str
    basis: str
    purposes: tuple[str, ...]
    categories: tuple[CategoryLine, ...]
    has_special: bool
    has_sealed: bool


@cache
def written() -> dict[str, Any]:
    text = (Path(__file__).with_name("register.yaml")).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def files_kept() -> list[FileEntry]:
    """Every file with personal data, in the reader's language. Needs no log-in and reads no record."""
    said, language = written(), lang()
    tables = dictionary.tables()
    found = []
    for one in said["files"]:
        mine = [table for table in tables if table.room in one["rooms"]]
        law = "；".join(filter(None, (one.get("law"), *(dictionary.law_of(room) for room in one["rooms"]))))
        found.append(
            FileEntry(
                name=one["name"][language],
                basis=said["basis"][language] + (f"；{law}" if law else ""),
                purposes=tuple(f"{code} {said['purposes'][code][language]}" for code in one["purposes"]),
                categories=tuple(CategoryLine(code, said["categories"][code][language]) for code in one["categories"]),
                has_special=any(table.of("sensitive") for table in mine),
                has_sealed=any(field.is_sealed for table in mine for field in table.fields),
            )
        )
    return found


def keepers() -> list[str]:
    """Who keeps these files: the county governments that use this system."""
    units = Unit.objects.filter(kind=UnitKind.COUNTY, closed_on=None, jurisdiction__on_system=True)
    return [unit.called for unit in units.order_by("jurisdiction_id")]
