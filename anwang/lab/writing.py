"""A draft as the rulebook reads it: its values as data, the envelope they lie in, and what the reader says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any  # the body of a rule, as data

import yaml
from django.utils.translation import gettext_lazy as _

from anwang.enactments.queries import book, with_change
from anwang.rulebook import Rulebook, RulebookError, UnknownRule
from anwang.rulebook.problems import Problem
from anwang.rulebook.reading import KEYS
from anwang.rulebook.tables import Table
from anwang.rulebook.versions import ENVELOPE, Handle, Version
from anwang.rulebook.yaml12 import read_text

from .models import Draft

_SENTENCES = (
    (r"value (?P<v>.+) is not a (?P<k>\w+)", _("「%(v)s」不是這條規則要的值。照現在的寫法填。")),
    (
        r"a length reads like .* not '?(?P<v>.*?)'?$",
        _("「%(v)s」不是時間長度。例如：24 hours、10 days、5 working_days。"),
    ),
    (
        r"county \w+ sets .*: (?P<v>.+), longer than the national (?P<k>.+)",
        _("「%(v)s」比全國規定「%(k)s」寬。縣市只能訂得更嚴。"),
    ),
    (r"county \w+ may not set '(?P<v>.+)' of this rule", _("「%(v)s」縣市不能另訂。")),
    (r"county \w+ adds '(?P<v>.+)', which the .*", _("「%(v)s」全國已經有了，縣市只寫要增列的。")),
    (r"unknown key '(?P<v>.+)'", _("「%(v)s」不是這類規則的欄位。")),
    (r"key '(?P<v>.+)' is written twice", _("「%(v)s」寫了兩次。")),
    (r"two versions start on (?P<v>.+)", _("%(v)s已經有一個版本開始。請換一天。")),
    (r"the rule is not in force on the day of the change", _("那一天這條規則沒有效力。請換一天。")),
    (r"row (?P<v>.+) can never be reached", _("「%(v)s」這一列永遠輪不到。請調整順序或條件。")),
    (r"no row answers (?P<v>.+)", _("這種情形沒有一列回答：%(v)s。最後一列請寫else。")),
    (r"rows must run from the most to the least protective outcome", _("各列要從保護最多排到保護最少。")),
    (r".*outcome '(?P<v>.+)' is not listed", _("沒有「%(v)s」這個結果。")),
    (r"no input is called '(?P<v>.+)'", _("沒有「%(v)s」這個題目。")),
    (r"\w+: unknown event '(?P<v>.+)'", _("沒有「%(v)s」這個事件。")),
    (r"code '(?P<v>.+)' is listed twice", _("代碼「%(v)s」寫了兩次。")),
    (r"steps must run from the earliest to the latest", _("各步驟要從早排到晚。")),
    (r"(?P<v>while .+|mapping values .+|.*could not find.+)", _("這段寫法讀不懂。一行一項，冒號後面空一格。")),
)
"""What the reader of the files complains of, and the sentence for it."""


def parse(text: str) -> tuple[dict[str, Any], list[str]]:
    """The values as typed (one `key: value` a line, as in the files) and what is wrong with the writing."""
    problems: list[Problem] = []
    documents = read_text(text, "", problems)
    if problems or len(documents) != 1 or not isinstance(documents[0][1], dict):
        return {}, said(problems) or [str(_("請一行寫一項，例如within: 7 days。"))]
    values = documents[0][1]
    if barred := sorted(set(map(str, values)) & set(ENVELOPE)):
        return {}, [str(_("「%(v)s」由系統填，這裡只寫要改的值。") % {"v": "、".join(barred)})]
    return {str(key): value for key, value in values.items()}, []


def show(values: Mapping[str, Any]) -> str:
    """Values as the files write them, for typing on."""
    return yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)


def offered(handle: Handle[Any], county: str, on: date) -> dict[str, Any]:
    """What may be changed of a rule, with what it says that day; a county's further codes only."""
    version = handle.get(on, county or None)
    if version is None:
        return {}
    free = handle.settable_by.get("county", {})
    keys = [key for key, freedom in free.items() if freedom != "not"] if county else KEYS[handle.kind]
    found = {key: version.body[key] for key in keys if key in version.body}
    for key in [key for key in found if county and free[key] == "more_only"]:
        national = handle.get(on)
        known = {entry["code"] for entry in national.body.get(key, [])} if national else set()
        found[key] = [entry for entry in found[key] if entry["code"] not in known]
    return found


def body_of(draft: Draft) -> dict[str, Any]:
    """The envelope of an enactment: the values from their day on, cited to the letter that asks for them."""
    source, unit = f"draft-{draft.id.hex}", draft.unit
    title = {"zh": f"{unit.name}修改規則之函", "en": f"Letter of {unit.name_en or unit.name} changing a rule"}
    listed = {"source": source, "title": title, "authority": unit.name, "dated": draft.recorded_at.date().isoformat(),
              "kind": "letter"}  # fmt: skip
    cite = {"source": source, "at": draft.letter, "words": draft.why}
    return {
        "versions": [{"from": draft.starts_on.isoformat(), "cite": cite, **draft.values}],
        "sources": [listed],
        "authorities": {unit.name: unit.name_en or unit.name},
    }


def tried(draft: Draft) -> Rulebook:
    """The book in force with the draft laid over it; raises RulebookError."""
    return with_change(draft.rule_id, draft.county, body_of(draft))


def faults(draft: Draft) -> list[str]:
    """What the reader of the files says against a draft, in sentences; empty when it could be enacted."""
    try:
        handle = book().handle(draft.rule_id)
        changed = tried(draft).handle(draft.rule_id)
    except UnknownRule:
        return [str(_("沒有這條規則。請從規則查詢重新找。"))]
    except RulebookError as error:
        return said(error.problems)
    county = draft.county or None
    before, after = handle.get(draft.starts_on, county), changed.get(draft.starts_on, county)
    if before is None or after is None:
        return [str(_("那一天這條規則沒有效力。請換一天。"))]
    if not draft.values or all(before.body.get(key) == value for key, value in draft.values.items()):
        return [str(_("和現行規定一樣，沒有要改的。"))]
    national = handle.get(draft.starts_on)
    if draft.county and national and lowers(national, after):
        return [str(_("有些情形會比全國規定少保護。縣市只能維持或提高。"))]
    return []


def lowers(national: Version[Any], own: Version[Any]) -> bool:
    """Whether a county's table protects less than the nation's for some answers; only tables with an order can."""
    here, there = own.content, national.content
    if not isinstance(here, Table) or not isinstance(there, Table) or not there.ordered:
        return False
    order = [outcome.code for outcome in there.outcomes]
    samples = {name: set(values) for name, values in there.samples().items()}
    for name, values in here.samples().items():
        samples.setdefault(name, set()).update(values)
    for answers in product(*samples.values()):
        given = dict(zip(samples, answers, strict=True))
        mine, nations = here.walk(given).certain, there.walk(given).certain
        if mine and nations and order.index(mine.then) > order.index(nations.then):
            return True
    return False


def said(problems: Iterable[Problem]) -> list[str]:
    """Problems of the reader as a colleague would say them; what has no sentence yet stands as it is."""
    return list(dict.fromkeys(_sentence(problem.message) for problem in problems))


def _sentence(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return str(sentence % match.groupdict())
    return message
