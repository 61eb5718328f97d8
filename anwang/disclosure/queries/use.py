"""How much looking across agencies is used, per county, network and purpose; and whether a receipt is genuine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.disclosure import receipts, rules, words
from anwang.enactments.queries import book
from anwang.foundation import clock, numbers
from anwang.foundation.clock import TAIPEI
from anwang.foundation.errors import BadInput

USE_SQL = "SELECT * FROM disclosure_use(%s, %s, %s) ORDER BY network, purpose"
RECEIPT_SQL = "SELECT * FROM disclosure_receipt(%s)"
OWN_NETWORK = "disclosure.own_network"


@dataclass(frozen=True)
class UseLine:
    """One row of figures, as texts: small numbers are hidden, and so is what would give them away."""

    network: str
    purpose: str
    looks: str
    hits: str
    contacts: str
    not_told: str
    granted: str
    refused: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.looks, self.hits, self.contacts, self.not_told, self.granted, self.refused)


@dataclass(frozen=True)
class Checked:
    """A receipt as it was issued. `is_good`: it stands now."""

    number: str
    step: str
    unit: str
    purpose: str
    basis: str
    rules_from: date | None
    rules_hash: str
    at: datetime
    expires_at: datetime
    is_good: bool


def use(viewer: Viewer, since: date, until: date) -> list[UseLine]:
    """The viewer's county from one day to another (included). Below the limit a number reads `<5`."""
    least = rules.most("disclosure.small_cell", viewer.county)
    with connection.cursor() as cursor:
        cursor.execute(USE_SQL, [viewer.county, _midnight(since), _midnight(until + timedelta(days=1))])
        rows = cursor.fetchall()
    labels = book().table(OWN_NETWORK).on(clock.today()).advise({"unit": "other"}).labels
    return [
        UseLine(
            labels[network].to(words.lang()) if network in labels else network,
            words.label("disclosure.purposes", purpose), *_shown(counts, least),
        )
        for network, purpose, *counts in rows
    ]  # fmt: skip


def check_receipt(viewer: Viewer, number: str, code: str) -> Checked | None:
    """What a receipt stood for; None alike for a number that is nobody's and a code that does not fit."""
    try:
        asked = numbers.normalise(number)
    except BadInput:
        asked = "-"
    with connection.cursor() as cursor:
        cursor.execute(RECEIPT_SQL, [asked])
        row = cursor.fetchone()
    if row is None:
        return None
    row_id, step, unit, purpose, basis, rules_from, rules_hash, at, expires_at, is_ended = row
    if not receipts.is_code(code, receipts.code(row_id, asked, step, at, expires_at)):
        return None
    return Checked(
        asked, words.label("disclosure.steps", step), unit, words.label("disclosure.purposes", purpose),
        words.label("disclosure.bases", basis), rules_from, rules_hash, at, expires_at,
        not is_ended and expires_at > clock.now(),
    )  # fmt: skip


def _shown(counts: list[int], least: int) -> list[str]:
    """Numbers from 1 to below the limit are hidden. A part of a whole is hidden too where the rest would be small."""
    looks, hits = counts[0], counts[1]
    hide = [0 < one < least for one in counts]
    hide[1] = hide[1] or 0 < looks - hits < least
    return [_("少於%(n)d") % {"n": least} if hidden else str(one) for one, hidden in zip(counts, hide, strict=True)]


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, TAIPEI)
