"""Protection orders of the cases the viewer reads, and one order with all that became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # a row with what was asked for besides
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.people.models import Person
from anwang.people.words import name_words
from anwang.protection import rules, seals, words
from anwang.protection.models import Order, OrderChange, OrderProtects, Relay, RelayTo, Violation
from anwang.protection.states import ChangeKind, Standing


@dataclass(frozen=True)
class OrderLine:
    """One order in a list. `standing` is the code, `until` the words; `waiting` counts who is still to be told."""

    id: UUID
    kind: str
    bound: str
    protects: str
    standing: str
    until: str
    is_ending: bool
    case: str
    waiting: int
    is_over: bool


@dataclass(frozen=True)
class RelayLine:
    """Who must know, how much he gets, and how far it is. `to` is shown after the traced click only."""

    id: UUID
    who: str
    gets: str
    told: str
    how: str
    acknowledged: str
    not_needed: str
    may_be_left: bool


@dataclass(frozen=True)
class BrokenLine:
    id: UUID
    at: str
    terms: str
    words: str
    then: str
    then_words: str
    is_offence: bool


@dataclass(frozen=True)
class ChangeLine:
    at: str
    what: str
    words: str


@dataclass(frozen=True)
class OrderPage:
    """An order for its page. `terms` are (words, article)."""

    id: UUID
    matter_id: UUID
    case: str
    kind: str
    kind_code: str
    court: str
    number: str
    bound: str
    protects: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    term_codes: tuple[str, ...]
    issued: str
    issued_on: date
    received: str
    served: str
    standing: str
    until: str
    ends_on: date | None
    ended: str
    is_over: bool
    is_pending: bool
    """An extension lies before the court."""
    is_ending: bool
    treatment_by: str
    from_county: str
    relays: tuple[RelayLine, ...]
    broken: tuple[BrokenLine, ...]
    changes: tuple[ChangeLine, ...]


def gets_words(how_much: str) -> str:
    """How much of the order a receiver gets."""
    return {
        "whole": _("保護令全文"),
        "no_place": _("不含住居所、學校與縣市"),
        "terms": _("只有款項與聯繫窗口"),
    }.get(how_much, "")


def orders(viewer: Viewer) -> tuple[OrderLine, ...]:
    """Orders the viewer reads: those in force first, the nearest end first; those over after them."""
    return _lines(viewer, Order.objects.all())


def kept_on(viewer: Viewer, matter_id: UUID) -> tuple[OrderLine, ...]:
    """Orders of one case."""
    return _lines(viewer, Order.objects.filter(matter_id=matter_id))


def _lines(viewer: Viewer, found: QuerySet[Order]) -> tuple[OrderLine, ...]:
    protected = OrderProtects.objects.filter(order=OuterRef("pk")).order_by("id")
    names = ArraySubquery(protected.values(one=JSONObject(name="person__name", kind="person__name_kind")))
    waiting = Relay.objects.filter(order=OuterRef("pk"), told_at=None, not_needed="").values("order_id")
    rows = list(
        found.select_related("bound", "matter")
        .annotate(names=names, waiting=Subquery(waiting.annotate(n=Count("id")).values("n")))
        .order_by("ends_on", "issued_at", "id")[:300]
    )
    today = clock.today()
    days = rules.days_before(today, viewer.county) if rows else 0
    return tuple(sorted((_line(one, today, days) for one in rows), key=lambda line: line.is_over))


def _line(one: Any, today: date, days: int) -> OrderLine:
    """`one` is an order with what `_lines` asked for besides."""
    standing, on = rules.standing(one, today), clock.local(one.issued_at).date()
    return OrderLine(
        id=one.id, kind=words.label(rules.KIND, one.kind, on), bound=name_words(one.bound.name, one.bound.name_kind),
        protects="、".join(name_words(each["name"], each["kind"]) for each in one.names), standing=standing,
        until=words.until_words(standing, one.ends_on, rules.lasts(one.kind, on)),
        is_ending=rules.ending_soon(one, today, days), case=one.matter.number, waiting=one.waiting or 0,
        is_over=standing == Standing.OVER,
    )  # fmt: skip


def order_page(viewer: Viewer, order_id: UUID) -> OrderPage:
    """One order. NotFound alike when there is none and when the viewer does not read its case. Looking is a reading."""
    order = Order.objects.select_related("bound", "matter").filter(id=order_id).first()
    if order is None:
        raise NotFound(_("查無這張保護令。"))
    reading("protection.order", by=viewer, file_id=order.matter_id, zone="case")
    today, on = clock.today(), clock.local(order.issued_at).date()
    standing = rules.standing(order, today)
    people = Person.objects.filter(id__in=OrderProtects.objects.filter(order=order).values("person_id")).order_by("id")
    days = rules.days_before(today, viewer.county) if order.ends_on else 0
    said = words.terms_words(order.terms, order.distance_m, on)
    return OrderPage(
        id=order.id, matter_id=order.matter_id, case=order.matter.number, kind=words.label(rules.KIND, order.kind, on),
        kind_code=order.kind, court=order.court, number=order.number,
        bound=name_words(order.bound.name, order.bound.name_kind),
        protects=tuple(name_words(one.name, one.name_kind) for one in people),
        terms=tuple(zip(said, (words.article(one, on) for one in order.terms), strict=True)),
        term_codes=tuple(order.terms), issued=words.instant(order.issued_at), issued_on=on,
        received=words.instant(order.received_at), served=words.instant(order.served_at), standing=standing,
        until=words.until_words(standing, order.ends_on, rules.lasts(order.kind, on)), ends_on=order.ends_on,
        ended=_ended(order, on), is_over=order.ended_at is not None, is_pending=order.extension_asked_on is not None,
        is_ending=rules.ending_soon(order, today, days), treatment_by=words.day(order.treatment_by),
        from_county=order.from_county, relays=_relays(order, today), broken=_broken(order, on),
        changes=tuple(
            ChangeLine(words.instant(one.at), str(ChangeKind(one.kind).label), one.words)
            for one in OrderChange.objects.filter(order=order).order_by("at", "recorded_at", "id")
        ),
    )  # fmt: skip


def told_places(viewer: Viewer, order_id: UUID) -> dict[UUID, str]:
    """Which station, which school was told: after a traced click, in the safety zone only."""
    order = Order.objects.filter(id=order_id).first()
    found = list(RelayTo.objects.filter(relay__order_id=order_id)) if order else []
    if order is None or not found:
        return {}
    reading("protection.told_places", by=viewer, file_id=order.matter_id, zone="safety", because="click")
    return {one.relay_id: seals.unseal(one.sealed_words, "relay_to.words", one.relay_id) for one in found}


def _relays(order: Order, today: date) -> tuple[RelayLine, ...]:
    lines = []
    for one in Relay.objects.filter(order=order).order_by(F("told_at").desc(nulls_first=True), "since_at", "id"):
        entry = rules.code(rules.RECEIVER, one.receiver, today)
        told = words.instant(one.told_at)
        got = _("%(at)s，%(who)s") % {"at": words.instant(one.acknowledged_at), "who": one.acknowledged_by}
        lines.append(RelayLine(
            one.id, words.label(rules.RECEIVER, one.receiver, today),
            gets_words(str(entry.marks["gets"]) if entry else ""), told, one.how,
            got if one.acknowledged_at else "", one.not_needed,
            one.receiver != rules.POLICE and not told and not one.not_needed,
        ))  # fmt: skip
    return tuple(lines)


def _broken(order: Order, on: date) -> tuple[BrokenLine, ...]:
    return tuple(
        BrokenLine(
            one.id, words.instant(one.happened_at), "、".join(words.terms_words(one.terms, None, on)), one.words,
            words.label(rules.BROKEN_THEN, one.then, on) if one.then else "", one.then_words,
            rules.is_offence(one.terms, on),
        )
        for one in Violation.objects.filter(order=order).order_by("-happened_at", "id")
    )  # fmt: skip


def _ended(order: Order, on: date) -> str:
    if order.ended_at is None:
        return ""
    return f"{words.instant(order.ended_at)}　{words.label(rules.END, order.ended_how, on)}"
