"""Supply by kind and county on a day; the register; who waits; and, traced, where one person is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.cases import words
from anwang.cases.models import Placement
from anwang.directory.models import Jurisdiction
from anwang.foundation import clock
from anwang.foundation.days import end_of_day
from anwang.foundation.errors import NotFound
from anwang.people.models import Person
from anwang.people.words import name_words
from anwang.placements import rules, standing
from anwang.placements.models import Closure, Licence, Provider, Stay, Waiting
from anwang.placements.states import Room, Takes

__all__ = [
    "by_kind",
    "counties",
    "needed_for",
    "provider_page",
    "supply",
    "waiting",
    "whereabouts",
]


SUPPLY_SQL = """
SELECT p.id, p.county, p.kind, p.handle, p.name, p.is_secret, p.takes, p.age_from, p.age_to, p.suited,
       r.places, r.closed, r.taken
  FROM placements_provider p, LATERAL placements_room(p.id, %(at)s) r
 WHERE p.opened_on <= %(day)s AND (p.closed_on IS NULL OR p.closed_on >= %(day)s)
   AND (%(county)s = '' OR p.county = %(county)s) AND (%(kind)s = '' OR p.kind = %(kind)s)
 ORDER BY p.county, p.kind, p.handle
"""


@dataclass(frozen=True)
class PlaceLine:
    """One provider on a day. `places`, `closed`, `free` are empty for a secret one: only whether it has room."""

    id: UUID
    county: str
    kind: str
    kind_text: str
    handle: str
    name: str
    whom: str
    suited: str
    places: str
    closed: str
    free: str
    room: str
    room_text: str
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class KindLine:
    """Kind × county: providers, places and free ones of those that may be counted; how many secret ones have room."""

    county: str
    kind: str
    providers: int
    places: int
    free: int
    secret_with_room: int


@dataclass(frozen=True)
class WaitingLine:
    """Somebody who waits, as far as the viewer reads the case."""

    id: UUID
    case: str
    name: str
    kind: str
    needs: str
    is_urgent: bool
    since: str
    words: str


@dataclass(frozen=True)
class ProviderPage:
    """A provider for its page: how many places since when, what is closed. Never who is there."""

    line: PlaceLine
    opened: str
    ended: str
    licences: tuple[tuple[str, int], ...]
    closures: tuple[tuple[UUID, str, str, int, bool], ...]
    may_keep: bool


@dataclass(frozen=True)
class Whereabouts:
    """Where one placed person is and was: (handle, kind, from, until, why he came here)."""

    name: str
    stays: tuple[tuple[str, str, str, str, str], ...]


def supply(
    viewer: Viewer, day: date, county: str = "", kind: str = "", needed: rules.Needed | None = None
) -> tuple[PlaceLine, ...]:
    """Providers on a day (its end, or now for today), those that suit first when somebody is looked for."""
    standing.may_see_supply(viewer).enforce()
    at = clock.now() if day == clock.today() else end_of_day(day)
    with connection.cursor() as cursor:
        cursor.execute(SUPPLY_SQL, {"at": at, "day": day, "county": county, "kind": kind})
        rows = cursor.fetchall()
    counties = _counties()
    lines = [_line(row, counties, needed) for row in rows]
    return tuple(sorted(lines, key=lambda one: (len(one.against), one.room != Room.FREE)) if needed else lines)


def by_kind(viewer: Viewer, lines: Sequence[PlaceLine]) -> tuple[KindLine, ...]:
    """The lines of `supply` gathered by county and kind."""
    found: dict[tuple[str, str], list[PlaceLine]] = {}
    for one in lines:
        found.setdefault((one.county, one.kind_text), []).append(one)
    return tuple(
        KindLine(
            county, kind, len(some), sum(int(one.places or 0) for one in some), sum(int(one.free or 0) for one in some),
            sum(1 for one in some if not one.places and one.room == Room.FREE),
        )
        for (county, kind), some in found.items()
    )  # fmt: skip


def provider_page(viewer: Viewer, provider_id: UUID) -> ProviderPage:
    """One provider of the register."""
    lines = {one.id: one for one in supply(viewer, clock.today())}
    provider = Provider.objects.filter(id=provider_id).first()
    if provider is None:
        raise NotFound(_("查無這個處所。"))
    line = lines.get(provider_id) or _line(
        (
            provider.id, provider.county, provider.kind, provider.handle, provider.name, provider.is_secret,
            provider.takes, provider.age_from, provider.age_to, provider.suited, 0, 0, 0,
        ), _counties(), None,
    )  # fmt: skip
    licences = Licence.objects.filter(provider=provider).order_by("-from_on", "-recorded_at")
    closures = Closure.objects.filter(provider=provider).order_by("-from_on")
    today = clock.today()
    return ProviderPage(
        line, words.day(provider.opened_on), words.day(provider.closed_on),
        tuple((words.day(one.from_on), one.places) for one in licences),
        tuple(
            (one.id, _span(one.from_on, one.until_on), words.label(rules.CLOSED, one.because), one.places,
             one.until_on is None or one.until_on >= today)
            for one in closures
        ),
        bool(standing.may_keep_places(viewer, provider.county)) and provider.closed_on is None,
    )  # fmt: skip


def waiting(viewer: Viewer, case_id: UUID | None = None) -> tuple[WaitingLine, ...]:
    """Who waits for a place, of the cases the viewer reads; urgent ones first, then the longest."""
    rows = Waiting.objects.filter(ended_at=None).select_related("case").order_by("-is_urgent", "since_at", "id")
    if case_id:
        rows = rows.filter(case_id=case_id)
    rows = list(rows)
    names = {one.id: one for one in Person.objects.filter(id__in=[row.person_id for row in rows])}
    return tuple(
        WaitingLine(
            row.id, row.case.number, _name(names.get(row.person_id)), words.label(rules.KIND, row.kind),
            _("、").join(words.label(rules.SUITED, one) for one in row.needs), row.is_urgent,
            words.instant(row.since_at), row.words,
        )
        for row in rows
    )  # fmt: skip


def needed_for(viewer: Viewer, placement_id: UUID) -> tuple[Placement, rules.Needed, str]:
    """A running placement the viewer reads, what it needs, and the person's name."""
    placement = Placement.objects.filter(id=placement_id, ended_at=None).first()
    if placement is None:
        raise NotFound(_("查無這件安置。"))
    person = Person.objects.filter(id=placement.person_id).first()
    waits = Waiting.objects.filter(case_id=placement.case_id, person_id=placement.person_id)
    wait = waits.order_by("-since_at").first()
    age = rules.age_on(person.born_latest if person else None, clock.today())
    needed = rules.Needed(placement.kind, tuple(wait.needs) if wait else (), age, person.sex if person else "unknown")
    return placement, needed, _name(person)


def whereabouts(viewer: Viewer, placement_id: UUID) -> Whereabouts:
    """Where somebody placed is: a reading of the safety zone of its own, by whoever may choose his place."""
    placement = Placement.objects.filter(id=placement_id).first()
    if placement is None:
        raise NotFound(_("查無這件安置。"))
    standing.may_choose(viewer, placement.case_id).enforce()
    reading("placements.whereabouts", by=viewer, file_id=placement.case_id, zone=Zone.SAFETY)
    stays = Stay.objects.filter(placement=placement).select_related("provider").order_by("-from_at")
    person = Person.objects.filter(id=placement.person_id).first()
    return Whereabouts(
        _name(person),
        tuple(
            (one.provider.name or one.provider.handle, words.label(rules.KIND, one.provider.kind),
             words.instant(one.from_at), words.instant(one.until_at), words.label(rules.MOVED, one.moved_because))
            for one in stays
        ),
    )  # fmt: skip


def _line(row: Sequence[object], counties: dict[str, str], needed: rules.Needed | None) -> PlaceLine:
    (id_, county, kind, handle, name, secret, takes, age_from, age_to, suited, places, closed, taken) = row
    free = int(places) - int(closed) - int(taken)  # type: ignore[call-overload]
    room = Room.FREE if free > 0 else (Room.CLOSED if int(places) <= int(closed) else Room.FULL)  # type: ignore[call-overload]
    ages = (
        _("%(from)d–%(to)d歲") % {"from": age_from, "to": age_to} if age_to is not None
        else (_("%(from)d歲以上") % {"from": age_from} if age_from else _("不限年齡"))
    )  # fmt: skip
    said = ()
    if needed is not None:
        provider = Provider(kind=kind, takes=takes, age_from=age_from, age_to=age_to, suited=suited)
        said = rules.against(provider, needed)
    return PlaceLine(
        id_, counties.get(str(county), str(county)), str(kind), words.label(rules.KIND, str(kind)), str(handle),  # type: ignore[arg-type]
        str(name), f"{ages}　{Takes(takes).label}", _("、").join(words.label(rules.SUITED, one) for one in suited),  # type: ignore[attr-defined]
        "" if secret else str(places), "" if secret or not closed else str(closed), "" if secret else str(max(free, 0)),
        str(room), str(Room(room).label), said,
    )  # fmt: skip


def counties(viewer: Viewer) -> list[tuple[str, str]]:
    """Counties that have places on the register."""
    held = set(Provider.objects.values_list("county", flat=True))
    return [(code, name) for code, name in sorted(_counties().items()) if code in held]


def _counties() -> dict[str, str]:
    return {one.code: one.called for one in Jurisdiction.objects.all()}


def _name(person: Person | None) -> str:
    return name_words(person.name, person.name_kind) if person else _("保密")


def _span(first: date, last: date | None) -> str:
    since = words.day(first)
    if last is None:
        return _("%(day)s起") % {"day": since}
    return _("%(first)s到%(last)s") % {"first": since, "last": words.day(last)}
