"""Where a rule is used: which parts of the product ask for it, and which other rules name it. Read from the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any  # the body of a rule, as data

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwang.rulebook import Rulebook
from anwang.web.shell import words

from . import rule_page

PACKAGE = Path(__file__).resolve().parents[2]
ROOMS: dict[str, str | Promise] = {
    "accounts": _("帳號與清查"), "care": _("心理衛生"), "cases": _("個案與家庭主責"),
    "conferences": _("會議、決議、戰情室"), "deployment": _("布建"), "disclosure": _("跨網絡查調"),
    "documents": _("公文"), "exchange": _("介接"),
    "followups": _("訪視期程"), "funding": _("經費"), "indicators": _("統計"), "instruments": _("評估工具"),
    "intake": _("通報受理與派案"), "lab": _("規則草案"), "matters": _("應辦事項與責任"), "minutes": _("會議紀錄"),
    "oversight": _("查閱稽核"), "people": _("人與家庭"), "placements": _("安置"), "plans": _("服務計畫"),
    "protection": _("保護令與保密"), "referrals": _("轉介與轉銜"), "rosters": _("名冊"), "steering": _("提問與精進"),
    "subjects": _("當事人請求與保存"), "submissions": _("提報"), "systems": _("介接"), "tracking": _("列管"),
    "treatment": _("相對人處遇"), "uploads": _("中央資料庫上傳"), "web": _("頁面"), "access": _("權限"),
    "enactments": _("規則"),
}  # fmt: skip
_APART = frozenset({"demo", "project", "rulebook"})
_ID = re.compile(r"""(f?)["']([a-z][a-z0-9_]*\.(?:[a-z0-9_.]|\{[^"'{}]*\})+)["']""")
_BY_KIND = {"duty": "matters", "schedule": "followups", "instrument": "instruments"}
"""Kinds of rule that one room reads all of, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Use:
    """Parts of the product that ask for the rule, and (title, address) of rules that name it."""

    parts: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]


def usage(book: Rulebook, rule_id: str) -> Use:
    """Of duties also the kernel, which starts and ends them by events; of schedules and forms, their rooms."""
    exact, patterns = _named()
    rooms = {*exact.get(rule_id, ()), *(room for pattern, room in patterns if pattern.fullmatch(rule_id))}
    if book.handle(rule_id).kind in _BY_KIND:
        rooms.add(_BY_KIND[book.handle(rule_id).kind])
    lang = words.lang()
    naming = [one for one in _naming(book).get(rule_id, ()) if one != rule_id]
    return Use(
        tuple(sorted({str(ROOMS.get(room, room)) for room in rooms})),
        tuple((book.handle(one).title.to(lang), rule_page.href(one)) for one in naming),
    )


@lru_cache(maxsize=1)
def _named() -> tuple[dict[str, frozenset[str]], tuple[tuple[re.Pattern[str], str], ...]]:
    """By rule id, the rooms whose source names it; and patterns of ids that are put together there."""
    exact: dict[str, set[str]] = {}
    patterns: set[tuple[str, str]] = set()
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0]
        if room in _APART or "migrations" in path.parts:
            continue
        for is_made, text in _ID.findall(path.read_text(encoding="utf-8")):
            if is_made and "{" in text:
                patterns.add(("[a-z0-9_.]+".join(map(re.escape, re.split(r"\{[^}]*\}", text))), room))
            elif "{" not in text:
                exact.setdefault(text, set()).add(room)
    return (
        {name: frozenset(rooms) for name, rooms in exact.items()},
        tuple((re.compile(pattern), room) for pattern, room in sorted(patterns)),
    )


@lru_cache(maxsize=2)
def _naming(book: Rulebook) -> dict[str, tuple[str, ...]]:
    """Which rules name which others in their bodies, such as the list of causes a late duty asks for."""
    found: dict[str, dict[str, None]] = {}
    for version in book.versions():
        for word in _words(version.body):
            if word in book.contents.handles:
                found.setdefault(word, {})[version.rule_id] = None
    return {name: tuple(sorted(by)) for name, by in found.items()}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
