"""What the rows of a family say in words: people, homes by source, languages, alerts, relations, and the picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows aggregated as JSON
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.people import words
from anwang.people.genogram import Edge, Layout, Member, layout
from anwang.people.states import Source

_TRUSTED = (Source.SEEN, Source.SAID, Source.AGENCY, Source.REPORTED, Source.REGISTER)
"""Whose word on who lives here is shown first: what was seen, then what was said; the register last."""


@dataclass(frozen=True)
class FamilyPerson:
    """One human being of the family (records taken for the same are one)."""

    key: UUID
    person_id: UUID
    name: str
    sex: str
    age: str
    """Digits for inside the sign: 11, 約45; empty when unknown."""
    age_words: str
    note: str
    is_dead: bool
    is_home: bool
    is_unborn: bool
    sealed: str


@dataclass(frozen=True)
class Alert:
    """risk or sealed, with its phrase."""

    state: str
    word: str
    more: str


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def was_there(one: dict[str, Any], on: date | None) -> bool:
    """Whether somebody was born by a day, as far as anybody knows; the unborn are part of the family of today."""
    if on is None:
        return True
    earliest = _day(one["born_earliest"])
    return earliest <= on if earliest else not one["is_unborn"]


def people_of(
    records: list[dict[str, Any]], homes: set[str], sealed: dict[str, str], on: date | None = None
) -> tuple[FamilyPerson, ...]:
    roots: dict[str, dict[str, Any]] = {}
    for one in records:
        kept = roots.setdefault(one["identity_id"], one)
        if not kept["name"] and one["name"]:
            roots[one["identity_id"]] = one
    return tuple(_person(key, one, key in homes, sealed.get(key, ""), on) for key, one in roots.items())


def _person(key: str, one: dict[str, Any], is_home: bool, sealed: str, on: date | None) -> FamilyPerson:
    earliest, latest, died = _day(one["born_earliest"]), _day(one["born_latest"]), _day(one["died_on"])
    died = died if died and (on is None or died <= on) else None
    about = one["birth_is_approximate"]
    digits = ""
    if earliest and latest:
        least, most = words.age_range(earliest, latest, about, died or on)
        digits = _("約%(n)d") % {"n": (least + most) // 2} if about or least != most else str(least)
    if died:
        note = _("%(day)s過世") % {"day": words.day_words(died)}
    elif one["is_unborn"]:
        due = _day(one["due_on"])
        note = _("未出生，預產期%(day)s") % {"day": words.day_words(due)} if due else _("未出生")
    else:
        note = ""
    return FamilyPerson(
        key=UUID(key),
        person_id=UUID(one["id"]),
        name=words.name_words(one["name"], one["name_kind"]),
        sex=one["sex"],
        age=digits,
        age_words=words.age_words(earliest, latest, about, died or on),
        note=note,
        is_dead=died is not None,
        is_home=is_home,
        is_unborn=one["is_unborn"],
        sealed=sealed,
    )


def homes_of(roofs: list[dict[str, Any]]) -> tuple[set[str], tuple[str, ...]]:
    """Who lives together by the most trusted source, and one sentence a household: source, day, who.

    A person may stand in several, by different sources: that they differ is itself worth knowing.
    """
    homes: dict[str, list[dict[str, Any]]] = {}
    for one in roofs:
        homes.setdefault(one["home"], []).append(one)
    if not homes:
        return set(), (_("同住的人還不知道。"),)
    ordered = sorted(homes.values(), key=lambda home: (_TRUSTED.index(home[0]["source"]), -len(home), home[0]["home"]))
    here = {one["identity"] for one in ordered[0]}
    return here, tuple(_home_words(home, here if n else set()) for n, home in enumerate(ordered))


def _home_words(home: list[dict[str, Any]], here: set[str]) -> str:
    """訪視所見，3月8日：同住2人，林佳安（31歲）、陳小樂（9歲）。 Whom the viewer does not read is not counted."""
    there = {one["identity"]: _with_age(one) for one in home}
    days = [one["since"] for one in home if one["since"]] or [one["recorded"] for one in home]
    facts = {
        "source": Source(home[0]["source"]).label,
        "day": words.day_words(date.fromisoformat(max(days))),
        "names": _("、").join(there.values()),
        "n": len(there),
    }
    if set(there) == here:
        same = ngettext("%(source)s，%(day)s：也是這%(n)d人。", "%(source)s，%(day)s：也是這%(n)d人。", len(there))
        return same % facts
    if len(there) == 1:
        return _("%(source)s，%(day)s：所知只有%(names)s。") % facts
    return _("%(source)s，%(day)s：同住%(n)d人，%(names)s。") % facts


def _with_age(one: dict[str, Any]) -> str:
    name = words.name_words(one["name"], one["name_kind"])
    age = words.age_words(_day(one["born_earliest"]), _day(one["born_latest"]), one["about"])
    return _("%(name)s（%(age)s）") % {"name": name, "age": age} if age else name


def languages_of(records: list[dict[str, Any]]) -> tuple[str, ...]:
    said = []
    for one in records:
        if one["needs_interpreter"] == "yes" and not one["died_on"]:
            name = words.name_words(one["name"], one["name_kind"])
            spoken = _("說%(languages)s，") % {"languages": one["languages"]} if one["languages"] else ""
            said.append(_("%(name)s%(spoken)s需要通譯。") % {"name": name, "spoken": spoken})
    return tuple(dict.fromkeys(said))


def alerts_of(
    risks: list[dict[str, Any]], sealed: dict[str, str], names: dict[str, str], key_of: dict[str, str]
) -> tuple[Alert, ...]:
    found = []
    for one in risks:
        name = names.get(key_of[one["person"]], "")
        more = _("：").join(filter(None, (name, one["words"] or words.risk_words(one["kind"]))))
        word = _("請兩人同行") if one["pairs"] else words.risk_words(one["kind"])
        found.append(Alert("risk", word, more))
    for key, ask in sealed.items():
        found.append(
            Alert("sealed", _("%(name)s的住址保密") % {"name": names.get(key, "")}, _("洽%(whom)s") % {"whom": ask})
        )
    return tuple(found)


def picture_of(
    people: tuple[FamilyPerson, ...],
    records: list[dict[str, Any]],
    edges: list[dict[str, Any]],
    key_of: dict[str, str],
) -> Layout:
    born = {one["identity_id"]: _day(one["born_earliest"]) for one in reversed(records)}
    members = [Member(str(one.key), one.name, one.sex, born[str(one.key)], one.is_home) for one in people]
    return layout(members, [Edge(key_of[e["person"]], e["relation"], key_of[e["to"]]) for e in edges])


def unsure_of(
    edges: list[dict[str, Any]], key_of: dict[str, str], people: dict[str, FamilyPerson]
) -> dict[UUID, str]:  # fmt: skip
    """余子睿：戶籍說父母，自述說繼父母; or that nobody has said how somebody belongs here."""
    told: dict[tuple[str, str], dict[str, str]] = {}
    tied: set[str] = set()
    for edge in edges:
        one, other = key_of[edge["person"]], key_of[edge["to"]]
        if one in people and other in people and one != other:
            tied |= {one, other}
            told.setdefault((one, other), {})[edge["source"]] = edge["relation"]
    said: dict[UUID, str] = {}
    for (one, other), sources in told.items():
        if len(set(sources.values())) > 1:
            each = _("，").join(
                _("%(source)s說是%(relation)s")
                % {"source": Source(source).label, "relation": words.kin_words(relation, people[one].sex)}
                for source, relation in sources.items()
            )
            said[UUID(one)] = _("和%(name)s的關係說法不同：%(each)s") % {"name": people[other].name, "each": each}
    if len(people) > 1:
        said |= {UUID(key): _("和家人的關係還不知道") for key in people if key not in tied}
    return said


_NEAREST = ("parent", "step_parent", "adoptive_parent", "grandparent", "guardian", "carer")
"""Relations that say most about somebody in a family with children; both ends are told, these first."""


def relations_of(
    edges: list[dict[str, Any]], key_of: dict[str, str], people: dict[str, FamilyPerson]
) -> dict[UUID, str]:
    """余子晴、余子睿的父親: the first thing each person is to others."""
    said: dict[tuple[str, int, str], list[str]] = {}
    for edge in edges:
        one, other = key_of[edge["person"]], key_of[edge["to"]]
        if one in people and other in people and one != other:
            rank = 0 if edge["relation"] in _NEAREST else 2
            there = words.kin_words(edge["relation"], people[one].sex)
            back = words.inverse_words(edge["relation"], people[other].sex)
            said.setdefault((one, rank, there), []).append(people[other].name)
            said.setdefault((other, rank or 1, back), []).append(people[one].name)
    phrases: dict[UUID, str] = {}
    for (key, _rank, relation), others in sorted(said.items(), key=lambda pair: pair[0][1]):
        names = _("、").join(dict.fromkeys(others))
        phrases.setdefault(UUID(key), _("%(names)s的%(relation)s") % {"names": names, "relation": relation})
    return phrases
