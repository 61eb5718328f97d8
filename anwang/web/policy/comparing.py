"""What changed in a rule between two versions: value by value, and word by word in its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any  # the body of a rule, as data

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwang.rulebook import Rulebook
from anwang.rulebook.explain import summary, terms, why
from anwang.rulebook.versions import Version
from anwang.web.shell import words

ENVELOPE = ("from", "until", "withdrawn", "cite", "also", "assumption", "note", "over")
LABELS: dict[str, str | Promise] = {
    "within": _("期限"), "value": _("值"), "unit": _("單位"), "rows": _("各列"), "inputs": _("題目"),
    "outcomes": _("結果"), "codes": _("代碼"), "steps": _("期程"), "starts_when": _("什麼事會開始"),
    "only_if": _("只在"), "only_known": _("只在確知時"), "unless": _("不在"), "counted_from": _("從哪一刻起算"),
    "count": _("第一天和末日"), "owed_by": _("誰負責"), "done_by": _("什麼算完成"), "void_when": _("什麼時候不用做了"),
    "late": _("逾期時"), "items": _("題目"), "scores": _("計分"), "levels": _("等級"),
}  # fmt: skip
_TOKENS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_MOST = 400
"""Longer values are shown whole before and after; nobody reads marks in them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence: `is_` is same, gone or new."""

    text: str
    is_: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One value, or one sentence, before and after; empty where there was none."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; nothing when the two say the same."""

    values: tuple[Changed, ...]
    sentences: tuple[Changed, ...]

    @property
    def is_none(self) -> bool:
        return not self.values and not self.sentences


def difference(book: Rulebook, before: Version[Any] | None, after: Version[Any] | None) -> Difference:
    """Values by the keys of the rule, sentences as the rule's own page says them."""
    return Difference(tuple(_values(before, after)), tuple(_sentences(_said(book, before), _said(book, after))))


def _values(before: Version[Any] | None, after: Version[Any] | None) -> Iterator[Changed]:
    bodies: list[Mapping[str, Any]] = [one.body if one else {} for one in (before, after)]
    for key in dict.fromkeys([*bodies[0], *bodies[1]]):
        old, new = (body.get(key) for body in bodies)
        if key not in ENVELOPE and old != new:
            yield Changed(str(LABELS.get(key, key)), *marked(_shown(old), _shown(new)))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int):
        return str(value)
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=90)).strip()


def _said(book: Rulebook, version: Version[Any] | None) -> list[str]:
    if version is None:
        return []
    lang = words.lang()
    lines = [summary(version), *why(version, terms(book))]
    return [*(line.to(lang) for line in lines), *([words.cited(version.cite.title.to(lang), version.cite.at)]
            if version.cite else []), *([version.assumption.to(lang)] if version.assumption else [])]  # fmt: skip


def _sentences(before: list[str], after: list[str]) -> Iterator[Changed]:
    for how, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        old, new = before[a:b], after[c:d]
        for n in range(max(len(old), len(new))):
            yield Changed("", *marked(old[n] if n < len(old) else "", new[n] if n < len(new) else ""))


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts with what is gone and what is new marked, word by word."""
    if not before or not after or max(len(before), len(after)) > _MOST:
        return tuple(Piece(t, "gone") for t in (before,) if t), tuple(Piece(t, "new") for t in (after,) if t)
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if b > a:
            left.append(Piece("".join(old[a:b]), "same" if how == "equal" else "gone"))
        if d > c:
            right.append(Piece("".join(new[c:d]), "same" if how == "equal" else "new"))
    return tuple(left), tuple(right)
