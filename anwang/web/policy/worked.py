"""Worked examples in words: on what, and what comes out. No name of a test and no code of the rule language."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from anwang.foundation import roc
from anwang.rulebook import Rulebook
from anwang.rulebook.explain import summary
from anwang.rulebook.situations import PERSON, Situation
from anwang.rulebook.tables import Table
from anwang.web.shell import words

from . import wording


class Example(NamedTuple):
    """If this, on this day, then that."""

    given: str
    gives: str
    on: str


def example(book: Rulebook, one: Situation, rule_id: str) -> Example:
    """One situation as the page of this rule shows it."""
    given = _("；").join(dict.fromkeys(_given(book, one))) or _("只看這一天")
    return Example(given, _gives(book, one, rule_id), roc.roc_long(one.on, words.lang()))


def _given(book: Rulebook, one: Situation) -> Iterator[str]:
    lang = words.lang()
    if event := one.given.get("event"):
        yield wording.events(book, [event])
    for name, raw in (one.given.get("facts") or {}).items():
        if name in book.contents.instants and name != "at":
            yield _("%(what)s：%(how)s") % {"what": book.contents.instants[name].to(lang), "how": _instant(str(raw))}
        elif name in wording.FACTS and name != "at":
            yield wording.condition(book, name, wording.spoken(raw))
    content = book.handle(one.given["rule"]).national if "rule" in one.given else ()
    inputs = content[-1].content.inputs if content and isinstance(content[-1].content, Table) else {}
    for name, raw in (one.given.get("answers") or {}).items():
        if name in inputs:
            yield _("%(what)s：%(how)s") % {
                "what": inputs[name].ask.to(lang).rstrip("？?"),
                "how": wording.plain(wording.spoken(raw)),
            }


def _gives(book: Rulebook, one: Situation, rule_id: str) -> str:
    given = one.given
    if rule_id in given.get("starts", {}):
        due = str(given["starts"][rule_id])
        return _("開始計算") if due == "any" else _("期限%(due)s") % {"due": _instant(due)}
    effects = {"starts_not": _("不開始"), "ends": _("完成"), "ends_not": _("還沒完成"), "voids": _("失效")}
    for key, said in effects.items():
        if rule_id in given.get(key, ()):
            return said
    if "due" in given:
        return _("期限%(due)s") % {"due": _instant(str(given["due"]))}
    if "outcome" in given or "floor" in given:
        return _outcome(book, one, rule_id)
    if "value" in given and (version := book.handle(rule_id).get(one.on, one.county)):
        return summary(version).to(words.lang())
    if "words" in given:
        return str(given["words"])
    return _("尚無規定") if wording.spoken(given.get("in_force", "yes")) == "no" else _("現行有效")


def _outcome(book: Rulebook, one: Situation, rule_id: str) -> str:
    code = one.given.get("outcome", one.given.get("floor"))
    if code == PERSON:
        return _("人工研判")
    version = book.handle(rule_id).get(one.on, one.county)
    labels: Mapping[str, Any] = (
        {found.code: found.label for found in version.content.outcomes}
        if version and isinstance(version.content, Table)
        else {}
    )
    return labels[code].to(words.lang()) if code in labels else wording.plain(code)


def _instant(text: str) -> str:
    """2026-04-23T24:00 → 115年4月23日24:00; a word of the rule language as people say it."""
    day, _t, time = text.replace(" ", "T").partition("T")
    gap = " " if words.lang() == "en" and time else ""
    try:
        return f"{roc.roc_long(date.fromisoformat(day), words.lang())}{gap}{time[:5]}"
    except ValueError:
        return wording.plain(text)
