"""What is said of feeds, files and rows, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput
from anwang.people.words import age_words
from anwang.rosters import rules


def lang() -> roc.Lang:
    return "en" if (get_language() or "").startswith("en") else "zh"


def of_code(codelist: str, code: str, at: datetime) -> str:
    found = next((entry for entry in rules.codes(codelist, at) if entry.code == code), None)
    return found.label.to(lang()) if found else code


def kind(code: str, at: datetime) -> str:
    return of_code(rules.KINDS, code, at)


def day(at: datetime) -> str:
    return roc.roc_date(clock.local(at).date(), clock.today(), lang())


def instant(at: datetime, *, deadline: bool = False) -> str:
    return roc.clock_time(at, clock.now(), lang(), deadline=deadline)


def whole(on: date) -> str:
    return roc.roc_long(on, lang())


def reasons(found: Iterable[tuple[str, str] | list[str]], at: datetime) -> tuple[str, ...]:
    """Why a row went back, or what looked odd, each with its column and what to do."""
    said = {
        "empty": _("「%(column)s」是空的，請補上"),
        "unreadable": _("「%(column)s」看不懂，請照115/4/1的樣子寫"),
        "unknown": _("「%(column)s」不在可用的結果裡"),
        "not_enough": _("「%(column)s」還沒有做完，機關要先做"),
        "too_old": _("「%(column)s」超過名冊的年齡"),
        "future": _("「%(column)s」在未來"),
        "grown_up": _("「%(column)s」已滿名冊的年齡"),
        "twice": _("「%(column)s」和前面的重複"),
        "cells": _("格數比表頭多，可能多了分隔號"),
        "formula": _("「%(column)s」是公式，請對方改成文字"),
        "broken": _("有些字傳壞了，請對方重存"),
        "checksum": _("「%(column)s」檢查碼不符，照收"),
        "sex_differs": _("「%(column)s」和證號不同，照收"),
        "another_child": _("「%(column)s」和退件那筆同號，卻是別的孩子；照收，退件那筆還要補正"),
        "age_unknown": _("「%(column)s」不詳，照收"),
    }
    columns = {entry.code: entry.label.to(lang()) for entry in rules.codes(rules.COLUMNS, at)}
    return tuple(said.get(code, code) % {"column": columns.get(column, column.lstrip("=+"))} for code, column in found)


def child(cells: Mapping[str, str]) -> str:
    """The name as it came; an unnamed newborn is somebody's child."""
    if name := cells.get("name", "").strip():
        return name
    if carer := cells.get("carer_name", "").strip():
        return _("%(carer)s的孩子（未命名）") % {"carer": carer}
    return _("姓名不詳")


def age(cells: Mapping[str, str]) -> str:
    try:
        born = roc.parse_date(cells.get("born_on", ""))
    except BadInput:
        return ""
    return age_words(born.earliest, born.latest, born.approximate)
