"""Who a person is and how to reach him: what is dangerous first, then where, then how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # rows as the database gives them
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.foundation.errors import NotFound, Refused
from anwang.people import seals, words
from anwang.people.models import (
    Address,
    ContactPoint,
    Correction,
    DisputedFact,
    Identifier,
    NameSeal,
    Person,
    SafetyAddress,
    Shield,
    WorkerRisk,
)
from anwang.people.states import AddressKind, NameKind, YesNoUnknown

from .together import beside, rows_of
from .zones import ZONES_SQL, zones_of_person


@dataclass(frozen=True)
class Number:
    """A number he shows, masked. `doubt` says when its check digit does not fit."""

    words: str
    doubt: str


@dataclass(frozen=True)
class Disputed:
    """A fact he says is wrong: which (`states.Fact`), its name, what he says instead, and in which request."""

    id: UUID
    fact: str
    name: str
    words: str
    because: str
    row_id: UUID | None


@dataclass(frozen=True)
class Card:
    """Who it is, in words for a page."""

    id: UUID
    identity_id: UUID
    name: str
    name_note: str
    sex: str
    birth: str
    age: str
    life: str
    """Unborn with a due date, or died on; empty otherwise."""
    languages: str
    interpreter: str
    """A sentence when an interpreter is needed; empty otherwise."""
    numbers: tuple[Number, ...]
    is_code: bool
    is_unborn: bool
    zones: frozenset[str]
    before: tuple[str, ...] = ()
    """What the record said before each correction, newest first."""
    disputes: tuple[Disputed, ...] = ()


@dataclass(frozen=True)
class Risk:
    id: UUID
    words: str
    more: str
    go_in_pairs: bool
    since: str


@dataclass(frozen=True)
class Where:
    id: UUID
    kind: str
    text: str
    source: str
    span: str


@dataclass(frozen=True)
class Contact:
    """A number never stands without its conditions."""

    id: UUID
    kind: str
    value: str
    is_safe: str
    """safe, unsafe or unknown."""
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """How to reach a person. `sealed` is whom to ask instead; with it, `addresses` hold the registered one only."""

    risks: tuple[Risk, ...]
    in_pairs: bool
    addresses: tuple[Where, ...]
    former: tuple[Where, ...]
    sealed: str
    shield_id: UUID | None
    may_open: bool
    contacts: tuple[Contact, ...]


def card(viewer: Viewer, person_id: UUID) -> Card:
    """Raises NotFound alike for nobody and for somebody the viewer may not read. One statement."""
    numbers = Identifier.objects.order_by("recorded_at")
    person = (
        Person.objects.filter(id=person_id)
        .annotate(
            numbers=beside(numbers, "kind", "last_three", "is_checksum_valid"),
            before=beside(Correction.objects.order_by("-recorded_at", "-id"), *BEFORE),
            disputes=beside(DISPUTES, "id", "fact", "words", "because", "row_id"),
            zones=RawSQL(f"ARRAY({ZONES_SQL})", [person_id]),  # noqa: S611 -- a constant
        )
        .first()
    )
    if person is None:
        raise NotFound(_("查無此人。"))
    born = (person.born_earliest, person.born_latest, person.birth_is_approximate)
    return Card(
        id=person.id,
        identity_id=person.identity_id,
        name=words.name_words(person.name, person.name_kind),
        name_note="" if person.name_kind == NameKind.FULL or not person.name else person.get_name_kind_display(),
        sex=person.get_sex_display(),
        birth="" if person.is_unborn else words.birth_words(*born),
        age=words.age_words(*born, on=person.died_on),
        life=_life(person),
        languages=person.languages,
        interpreter=_("需要通譯") if person.needs_interpreter == YesNoUnknown.YES else "",
        numbers=tuple(_number(row) for row in rows_of(Identifier, person.numbers)),
        is_code=person.name_kind == NameKind.CODE,
        is_unborn=person.is_unborn,
        zones=frozenset(person.zones),
        before=tuple(_before(row) for row in rows_of(Correction, person.before)),
        disputes=tuple(_disputed(row) for row in rows_of(DisputedFact, person.disputes)),
    )


def reach(viewer: Viewer, card: Card) -> Reach:
    """Risks, addresses and contacts that hold now; the past ones apart. One statement, for a card just read."""
    may_open = Zone.SAFETY in card.zones
    found = _reaching(card.id, may_open)
    risks = tuple(_risk(row) for row in rows_of(WorkerRisk, found["risks"]))
    shield = next(iter(rows_of(Shield, found["shields"])), None)
    places = [(row.until_on, _where(row)) for row in rows_of(Address, found["addresses"])]
    return Reach(
        risks=risks,
        in_pairs=any(risk.go_in_pairs for risk in risks),
        addresses=tuple(place for until, place in places if until is None),
        former=tuple(place for until, place in places if until is not None),
        sealed=shield.ask_whom if shield else "",
        shield_id=shield.id if shield else None,
        may_open=bool(shield) and may_open,
        contacts=tuple(_contact(row) for row in rows_of(ContactPoint, found["contacts"])),
    )


def _reaching(person_id: UUID, may_open: bool) -> dict[str, list[dict[str, Any]]]:
    """Who may not open a shielded person's door is given the registered address only, by the database."""
    shields = Shield.objects.filter(until_at__isnull=True).order_by("-since_at")
    addresses = Address.objects.filter(is_hidden=False).order_by("recorded_at")
    if not may_open:
        shielded = Exists(shields.filter(person_id=OuterRef("person_id")))
        addresses = addresses.filter(Q(kind=AddressKind.REGISTERED) | ~shielded)
    risks = WorkerRisk.objects.filter(until_on__isnull=True).order_by("id")
    contacts = ContactPoint.objects.filter(until_on__isnull=True).order_by("recorded_at")
    columns = {
        "risks": beside(risks, "id", "kind", "words", "go_in_pairs", "since_on"),
        "shields": beside(shields, "id", "ask_whom"),
        "addresses": beside(addresses, "id", "kind", "text", "source", "since_on", "until_on"),
        "contacts": beside(contacts, "id", "kind", "value", "is_safe", "safe_when", "name_to_use", "may_leave_message"),
    }
    return Person.objects.filter(id=person_id).values(**columns).get()


@dataclass(frozen=True)
class Opened:
    """A safety address after the traced click."""

    id: UUID
    text: str


def safety_address(viewer: Viewer, person_id: UUID) -> tuple[Opened, ...]:
    """Open the door: the hiding places that hold now. One reading is kept; without it nothing is shown.

    Raises Refused, with whom to ask, for who may read the person but not his safety zone.
    """
    if Zone.SAFETY not in zones_of_person(viewer, person_id):
        ask = (
            Shield.objects.filter(person_id=person_id, until_at__isnull=True).values_list("ask_whom", flat=True).first()
        )
        if ask is None:
            raise NotFound(_("查無此人。"))
        raise Refused(_("住址保密。需要時請洽%(whom)s。") % {"whom": ask})
    reading("people.safety_address", by=viewer, file_id=person_id, zone=Zone.SAFETY, because="click")
    rows = SafetyAddress.objects.filter(person_id=person_id, until_at__isnull=True).order_by("-since_at")
    return tuple(Opened(row.id, seals.unseal(row.sealed_text, "safety_address.text", row.id)) for row in rows[:1])


def name_behind_code(viewer: Viewer, person_id: UUID) -> str:
    """The sealed name of a person with a code (special zone). One reading is kept."""
    row = NameSeal.objects.filter(person_id=person_id).first()
    if row is None:
        raise Refused(_("真實姓名限承辦人。需要時請洽承辦單位。"))
    reading("people.name_behind_code", by=viewer, file_id=person_id, zone=Zone.SPECIAL, because="click")
    return seals.unseal(row.sealed_name, "name_seal.name", person_id)


def records_of_identity(viewer: Viewer, identity_id: UUID, person_id: UUID) -> tuple[UUID, ...]:
    """Other readable records taken to be the same person."""
    others = Person.objects.filter(Q(identity_id=identity_id) & ~Q(id=person_id)).order_by("id")
    return tuple(others.values_list("id", flat=True))


DISPUTES = DisputedFact.objects.filter(until_at__isnull=True).order_by("since_at", "id")
BEFORE = (
    "name", "name_kind", "sex", "born_earliest", "born_latest", "birth_is_approximate", "source", "because",
    "recorded_at",
)  # fmt: skip


def _disputed(row: DisputedFact) -> Disputed:
    return Disputed(row.id, row.fact, str(row.get_fact_display()), row.words, row.because, row.row_id)


def _before(row: Correction) -> str:
    """姓名不詳・不詳・生日不詳，到4月21日改（訪視所見）：母親說的."""
    born = words.birth_words(row.born_earliest, row.born_latest, row.birth_is_approximate)
    stood = _("・").join((words.name_words(row.name, row.name_kind), str(row.get_sex_display()), born))
    until = _("%(day)s改，依%(source)s") % {
        "day": words.day_words(clock.local(row.recorded_at).date()), "source": row.get_source_display(),
    }  # fmt: skip
    return stood + _("（") + until + (_("：") + row.because if row.because else "") + _("）")


def _life(person: Person) -> str:
    if person.died_on:
        return _("%(day)s過世") % {"day": words.day_words(person.died_on)}
    if person.is_unborn:
        return _("未出生，預產期%(day)s") % {"day": words.day_words(person.due_on)} if person.due_on else _("未出生")
    return ""


def _number(row: Identifier) -> Number:
    doubt = "" if row.is_checksum_valid else _("檢查碼不合，請再對證件")
    return Number(words.masked(row.get_kind_display(), row.last_three), doubt)


def _risk(row: WorkerRisk) -> Risk:
    return Risk(row.id, words.risk_words(row.kind), row.words, row.go_in_pairs, words.day_words(row.since_on))


def _where(row: Address) -> Where:
    span = words.span_words(row.since_on, row.until_on)
    return Where(row.id, row.get_kind_display(), row.text, row.get_source_display(), span)


def _contact(row: ContactPoint) -> Contact:
    safe = {YesNoUnknown.YES: "safe", YesNoUnknown.NO: "unsafe"}.get(row.is_safe, "unknown")
    message = {
        YesNoUnknown.YES: _("可以留話"),
        YesNoUnknown.NO: _("不可留話"),
    }.get(row.may_leave_message, _("能否留話還不知道"))
    when = row.safe_when or _("何時可打還不知道")
    name = _("請稱%(name)s") % {"name": row.name_to_use} if row.name_to_use else _("用什麼名義還不知道")
    return Contact(row.id, row.get_kind_display(), row.value, safe, (when, name, message))
