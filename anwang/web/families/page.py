"""The family page put together: what people, files and notes say, in the order a worker asks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any  # what a template reads

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.people import queries
from anwang.people.queries import FamilyPage, FamilyPerson
from anwang.web.shell import words

from . import files, harm
from .files import File, Step
from .lanes import Lane, crowded_weeks, lanes, year_until
from .leading import Lead
from .links import address_of


@dataclass(frozen=True)
class Sign:
    """One person in the picture."""

    id: str
    x: int
    y: int
    kind: str
    name: str
    age: str
    says: str
    dead: bool
    client: bool
    home: bool = False
    """Stands on the tint of those who live together."""


@dataclass(frozen=True)
class Picture:
    box: str
    width: int
    """In picture units: a wide family keeps its size and is moved sideways."""
    says: str
    household: str
    ties: tuple[str, ...]
    people: tuple[Sign, ...]
    harms: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


def context(viewer: Viewer, number: str) -> dict[str, Any]:
    """Everything the page shows. Two statements besides the family itself."""
    family = queries.family_page(viewer, number)
    year = year_until(clock.today())
    found, coordination = files.files_and_lead(viewer, family.id, year.since)
    ids = [file.id for file in found]
    beside = files.beside(viewer, family.id, found)
    owed, shown = beside.steps, beside.notes
    reads_plan = coordination is not None and coordination.id in ids
    served = [file for file in found if file.kind != "coordination"]
    lead = coordination or _only_one([file for file in served if not file.ended_at])
    hurt = harm.drawn([pair for file in found for pair in file.harms], family.people, family.picture.at)
    drawn = lanes(served, owed, year, lead)
    open_lanes = [lane for lane in drawn if not lane.file.ended_at]
    crowds = crowded_weeks(drawn, year)
    return {
        "family": family,
        "here": "/families",
        "lead": lead,
        "is_settled": coordination is not None,
        "lanes": open_lanes,
        "past": [lane for lane in drawn if lane.file.ended_at],
        "year": year,
        "piles": [start for start, _units in crowds],
        "who_says": _who_says(open_lanes, lead),
        "says": _says(open_lanes, crowds, year),
        "steps": _told_apart(owed, found)[:8],
        "picture": picture(family, hurt),
        "rows": [
            (person, family.relations.get(person.key, ""), hurt.says.get(person.key, "")) for person in family.people
        ],
        "notes": shown[:10],
        "hung": beside.hung,
        "reads": any(file.may_read for file in served),
        "has_more_notes": len(shown) > 10,
        "write": _write_to(viewer, served),
        "lead_page": address_of("cases:coordination", coordination.number) if reads_plan else None,
    }


def picture(family: FamilyPage, hurt: harm.Harm) -> Picture:
    """The family picture with the words a screen reader gets."""
    drawn = family.picture
    at = {str(one.key): drawn.at[str(one.key)] for one in family.people}
    signs = tuple(
        _sign(one, at[str(one.key)].x, at[str(one.key)].y, hurt.says.get(one.key, "")) for one in family.people
    )
    ordered = sorted(signs, key=lambda sign: (sign.y, sign.x))
    generations = len({sign.y for sign in signs})
    says = _("家系圖，%(g)d代%(n)d人；下方表格內容相同") % {"g": generations, "n": len(signs)}
    width = max(drawn.width, 320)
    box, people = f"0 0 {width} {drawn.height}", tuple(ordered)
    return Picture(box, width, says, drawn.household, drawn.ties, people, hurt.strokes, hurt.heads, drawn.loose)


def _sign(one: FamilyPerson, x: int, y: int, harmed: str) -> Sign:
    facts = [one.name, one.age_words, one.note, _("同住") if one.is_home else "", harmed]
    return Sign(
        id=f"p{one.key}",
        x=x,
        y=y,
        kind="t" if one.is_unborn else {"male": "m", "female": "f"}.get(one.sex, "u"),
        name=one.name if len(one.name) <= 6 else one.name[:5] + "…",
        age=one.age,
        says=_("，").join(filter(None, facts)),
        dead=one.is_dead,
        client=False,
        home=one.is_home,
    )


def _only_one(served: list[File]) -> File | None:
    """Where a single unit serves the family nobody has to be made lead."""
    return served[0] if len({file.unit_id for file in served}) == 1 else None


def _told_apart(owed: list[Step], found: list[File]) -> list[Step]:
    """Where one worker owes the same step for two files, each says for which."""
    titles = {file.id: file.title for file in found}
    times = Counter((step.what, step.who) for step in owed)
    return [
        replace(step, what=_("%(what)s（%(file)s）") % {"what": step.what, "file": titles[step.file_id]})
        if times[step.what, step.who] > 1 and step.file_id in titles else step
        for step in owed
    ]  # fmt: skip


def _who_says(drawn: list[Lane], lead: File | Lead | None) -> str:
    units = len({lane.file.unit_id for lane in drawn})
    if not units:
        return ""
    others = units - (1 if any(lane.is_lead for lane in drawn) else 0)
    if units == 1 or others == units:
        return ngettext("%(n)d個單位，過去一年", "%(n)d個單位，過去一年", units) % {"n": units}
    return _("1個主責，%(n)d個協力，過去一年") % {"n": others}


def _says(drawn: list[Lane], crowds: list[tuple[int, int]], year: Any) -> list[str]:
    """What the picture shows, in sentences."""
    said = []
    if crowds:
        start, units = crowds[-1]
        day = words.day(year.start + timedelta(days=start))
        said.append(_("%(day)s那一週有%(n)d個單位各自聯繫這個家。") % {"day": day, "n": units})
    for lane in sorted(drawn, key=lambda one: -one.silent_days)[:2]:
        if lane.silent_days:
            said.append(
                _("%(unit)s（%(title)s）已經%(n)d天沒有聯繫到人。")
                % {"unit": lane.file.unit, "title": lane.file.title, "n": lane.silent_days}
            )
    if drawn and not said:
        total = sum(lane.count for lane in drawn)
        said.append(_("過去一年聯繫到%(n)d次。") % {"n": total} if total else _("還沒有聯繫紀錄。"))
    return said


def _write_to(viewer: Viewer, served: list[File]) -> dict[str, str | None] | None:
    """The viewer's own open case here, for a quick entry."""
    mine = [file for file in served if file.kind == "case" and not file.ended_at and file.may_read]
    mine.sort(key=lambda file: file.worker_id not in viewer.acts_as)
    if not mine:
        return None
    number = mine[0].number
    contact, note = address_of("cases:contact", number), address_of("cases:note", number)
    return {"number": number, "contact": contact, "note": note} if contact or note else None
