"""Everything on a case's page, in one statement; what the viewer may not read is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Circle, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.cases import words
from anwang.cases.states import FINAL, Living, SubjectRole
from anwang.foundation.errors import NotFound
from anwang.matters.queries import DECIDERS_SQL
from anwang.people.states import Fact
from anwang.people.words import age_words, name_words, risk_words

from .labels import class_text, grade_text
from .rows import Entry, Owed, PlacementLine, ReviewLine, as_list, entry, owed, placement, review

COLUMNS = (
    "id", "number", "opened_at", "ended_at", "acting_since", "accountable_since", "county", "kind", "phase", "circle",
    "legal_basis", "received_at", "opened_on", "closed_on", "closed_because", "after_care_until", "grounds",
    "family_number", "family", "report_number", "old_number", "authority", "authority_phone", "unit", "unit_phone",
    "worker", "worker_phone", "zones", "subjects", "risks", "hidden", "duties", "entries", "reviews", "placements",
    "notices", "team", "leaving",
    "family_id", "led_elsewhere", "acting_unit_id",
)  # fmt: skip


@dataclass(frozen=True)
class SubjectLine:
    """One subject as the page shows him. `sight` says in words when he was last seen; `unseen` is a danger."""

    id: UUID
    person_id: UUID | None
    name: str
    age: str
    role: str
    role_text: str
    grade: str
    grade_code: str
    class_code: str
    safety: str
    safety_code: str
    living: str
    is_placed: bool
    sight: str
    unseen: bool
    ended: str
    disputed: str = ""
    """What of him he says is wrong, by name; the words stand on his own page."""


@dataclass(frozen=True)
class Mate:
    """Somebody on the team, how to reach him, and why he reads the file."""

    name: str
    unit: str
    phone: str
    because: str


@dataclass(frozen=True)
class CasePage:
    """A case for its page. `can` holds the zones the viewer reads."""

    id: UUID
    number: str
    county: str
    kind: str
    kind_text: str
    phase: str
    phase_text: str
    circle: str
    circle_text: str
    legal_basis: str
    received: str
    opened: str
    closed: str
    after_care_until: str
    is_over: bool
    family: str
    family_number: str
    family_id: UUID | None
    report_number: str
    old_number: str
    authority: str
    authority_phone: str
    unit: str
    worker: str
    phone: str
    acting_since: datetime
    can: frozenset[str]
    subjects: tuple[SubjectLine, ...]
    past: tuple[SubjectLine, ...]
    risks: tuple[tuple[str, str, bool], ...]
    is_hidden: bool
    duties: tuple[Owed, ...]
    entries: tuple[Entry, ...]
    reviews: tuple[ReviewLine, ...]
    placements: tuple[PlacementLine, ...]
    notices: tuple[dict[str, Any], ...]
    team: tuple[Mate, ...]
    leaving: tuple[dict[str, Any], ...]
    led_elsewhere: bool
    acting_unit_id: UUID
    """Whether another unit leads the family: only then somebody must be told before this one leaves."""

    @property
    def says_health(self) -> bool:
        """Whether its service says 收案／銷案."""
        return words.says_health(self.kind)

    @property
    def reads_case(self) -> bool:
        return Zone.CASE in self.can

    @property
    def unseen(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.subjects if one.unseen)


@cache
def _sql() -> str:
    text = (Path(__file__).parent / "page.sql").read_text(encoding="utf-8")
    return text.replace("/* deciders */", DECIDERS_SQL)


def page(viewer: Viewer, number: str, *, trace: str = "cases.case") -> CasePage:
    """The case with that number. NotFound alike when there is none and when the viewer may not know of it.

    Looking is a reading, written in the same transaction, in the deepest zone that was shown.
    """
    given = {"number": number, "english": words.lang() == "en", "me": viewer.worker_id}
    with connection.cursor() as cursor:
        cursor.execute(_sql(), given)
        found = cursor.fetchone()
    if found is None:
        raise NotFound(_("查無這個案件。請確認編號，或洽承辦單位。"))
    row = dict(zip(COLUMNS, found, strict=True))
    zones = frozenset(row["zones"] or ())
    reading(trace, by=viewer, file_id=row["id"], zone=Zone.CASE if Zone.CASE in zones else Zone.WORK)
    return _page(row, zones)


def _page(row: dict[str, Any], zones: frozenset[str]) -> CasePage:
    people = tuple(_subject(one, row["family"] or "") for one in as_list(row["subjects"]))
    over = row["phase"] in FINAL
    return CasePage(
        id=row["id"], number=row["number"], county=row["county"], kind=row["kind"],
        kind_text=words.label("case.kind", row["kind"]), phase=row["phase"],
        phase_text=words.phase_words(row["phase"], row["kind"]),
        circle=row["circle"], circle_text="" if row["circle"] == Circle.NEUTRAL else str(Circle(row["circle"]).label),
        legal_basis=row["legal_basis"], received=words.instant(row["received_at"]), opened=words.day(row["opened_on"]),
        closed=words.day(row["closed_on"]) if row["closed_on"] else words.day(row["ended_at"]),
        after_care_until=words.day(row["after_care_until"]), is_over=over, family=row["family"] or "",
        family_number=row["family_number"] or "", family_id=row["family_id"], report_number=row["report_number"] or "",
        old_number=row["old_number"] or "", authority=row["authority"], authority_phone=row["authority_phone"],
        unit=row["unit"], worker=row["worker"] or "", phone=row["worker_phone"] or row["unit_phone"],
        acting_since=row["acting_since"], can=zones, subjects=tuple(one for one in people if not one.ended),
        past=tuple(one for one in people if one.ended), risks=_risks(row["risks"]), is_hidden=bool(row["hidden"]),
        duties=tuple(owed(one) for one in as_list(row["duties"])),
        entries=tuple(entry(one, row["county"]) for one in as_list(row["entries"])),
        reviews=tuple(review(one) for one in as_list(row["reviews"])),
        placements=tuple(placement(one) for one in as_list(row["placements"])),
        notices=tuple(_notice(one) for one in as_list(row["notices"])),
        team=_team(row["team"]), leaving=tuple(as_list(row["leaving"])),
        led_elsewhere=row["led_elsewhere"], acting_unit_id=row["acting_unit_id"],
    )  # fmt: skip


def _subject(one: dict[str, Any], family: str) -> SubjectLine:
    """A person by his name and role; the family as the client by the name colleagues use for it."""
    role = str(SubjectRole(one["role"]).label)
    seen, missed = _at(one["seen_at"]), _at(one["missed_at"])
    is_person = one["person"] is not None
    after = _at(one["must_see_after"])
    unseen = is_person and (seen is None or (missed is not None and missed >= seen) or bool(after and seen < after))
    born = (_on(one["born_earliest"]), _on(one["born_latest"]))
    return SubjectLine(
        id=UUID(one["id"]), person_id=UUID(one["person"]) if is_person else None,
        name=name_words(one["name"] or "", one["name_kind"] or "") if is_person else family or role,
        age=age_words(*born, bool(one["approximate"])), role=one["role"],
        role_text=role if is_person or family else "", grade=_grade(one["grade"], one["class"]),
        grade_code=one["grade"], class_code=one["class"], safety=words.label("safety.result", one["safety"]),
        safety_code=one["safety"], living=_living(one["living"]) if is_person else "",
        is_placed=one["living"] == Living.PLACED,
        sight=_sight(is_person, seen, missed), unseen=unseen and not one["until"],
        ended=words.day(_on(one["until"])),
        disputed=_("、").join(str(Fact(fact).label) for fact in as_list(one["disputed"])),
    )  # fmt: skip


def _living(kind: str) -> str:
    return "" if kind == Living.UNKNOWN else str(Living(kind).label)


def _sight(is_person: bool, seen: datetime | None, missed: datetime | None) -> str:
    if not is_person:
        return ""
    if seen is None:
        return _("還沒有當面見到")
    if missed is not None and missed >= seen:
        return _("%(seen)s見到，%(missed)s去了沒見到") % {"seen": words.instant(seen), "missed": words.instant(missed)}
    return _("%(seen)s當面見到") % {"seen": words.instant(seen)}


def _grade(grade: str, class_code: str) -> str:
    return "　".join(text for text in (grade_text(grade), class_text(class_code)) if text)


def _risks(value: Any) -> tuple[tuple[str, str, bool], ...]:
    found = {(one["kind"], one["words"], bool(one["pairs"])) for one in as_list(value)}
    return tuple((risk_words(kind), more, pairs) for kind, more, pairs in sorted(found))


def _notice(one: dict[str, Any]) -> dict[str, Any]:
    confirmed = _at(one["confirmed_at"])
    return {
        "id": one["id"], "kind": words.label("notice.kind", one["kind"]), "to": one["to"], "number": one["number"],
        "sent": words.instant(_at(one["sent_at"])), "way": one["way"], "confirmed": words.instant(confirmed),
        "confirmed_by": one["confirmed"],
    }  # fmt: skip


def _team(value: Any) -> tuple[Mate, ...]:
    reasons = {
        "acting": _("承辦"),
        "joining": _("協力"),
        "partner": _("協力"),
        "assigned": _("承辦"),
        "duty": _("值班"),
    }
    seen: dict[tuple[str, str], Mate] = {}
    for one in as_list(value):
        mate = Mate(one["name"] or "", one["unit"] or "", one["phone"] or "", reasons.get(one["because"], ""))
        seen.setdefault((mate.name, mate.unit), mate)
    return tuple(seen.values())


def _at(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _on(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
