"""The register of places: a provider, how many places it has from when, which of them are closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.placements import rooms, rules, standing
from anwang.placements.models import Closure, Licence, Provider
from anwang.placements.states import Takes

HIDDEN_KINDS = frozenset({"foster", "kin", "trusted_third"})
"""Kinds that are somebody's home: always by a handle, never by a name."""


@dataclass(frozen=True)
class ProviderGiven:
    """A provider as registered; see the fields of `models.Provider`."""

    county: str
    kind: str
    handle: str
    name: str = ""
    phone: str = ""
    is_secret: bool = False
    takes: str = Takes.ANYBODY
    age_from: int = 0
    age_to: int | None = None
    suited: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def register_provider(*, given: ProviderGiven, places: int, by: Viewer, at: datetime) -> Provider:
    """A provider with its licensed places from today. A home or a hiding place is kept by a handle only.

    Raises BadInput for a kind or need not on the list, a name where none may be, Conflict for a handle in use.
    """
    standing.may_keep_places(by, given.county).enforce()
    day = clock.local(at).date()
    _check(given, places, day)
    if Provider.objects.filter(county=given.county, handle=given.handle.strip()).exists():
        raise Conflict(_("這個代號已經用了。請換一個。"))
    provider = Provider(
        id=uuid7(), county=given.county, kind=given.kind, handle=given.handle.strip(), name=given.name.strip(),
        phone=given.phone.strip(), is_secret=is_secret(given), takes=given.takes, age_from=given.age_from,
        age_to=given.age_to, suited=list(given.suited), opened_on=day, recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )  # fmt: skip
    provider.save(force_insert=True)
    _license(provider, places, day, by)
    record("place.registered", by=by, at=at, provider=provider.id, places=places, kind=given.kind)
    return provider


@transaction.atomic
def license_places(*, provider_id: UUID, places: int, from_on: date, by: Viewer) -> Licence:
    """The number of places from a day on; what was before stays readable."""
    provider = _open(provider_id, by)
    if places < 0 or from_on < provider.opened_on:
        raise BadInput(_("床位數不能小於零，起日不能早於登錄日。"), field="places")
    licence = _license(provider, places, from_on, by)
    record("place.licensed", by=by, at=clock.now(), provider=provider_id, places=places, since=from_on.isoformat())
    return licence


@transaction.atomic
def close_places(
    *, provider_id: UUID, places: int, from_on: date, until_on: date | None, because: str, by: Viewer
) -> Closure:
    """Places that cannot be used for some days. Who is there stays there."""
    provider = _open(provider_id, by)
    if rules.code(rules.CLOSED, because, from_on) is None:
        raise BadInput(_("請從清單選為什麼暫停。"), field="because")
    if places <= 0 or (until_on and until_on < from_on):
        raise BadInput(_("請填幾床，結束日不能早於開始日。"), field="places")
    closure = Closure(
        id=uuid7(), provider=provider, places=places, from_on=from_on, until_on=until_on, because=because,
        recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    closure.save(force_insert=True)
    record("place.closed", by=by, at=clock.now(), provider=provider_id, places=places, because=because)
    return closure


@transaction.atomic
def reopen_places(*, closure_id: UUID, last_on: date, by: Viewer) -> None:
    """The closure's last day is known, or comes earlier."""
    closure = Closure.objects.select_related("provider").filter(id=closure_id).first()
    if closure is None:
        raise NotFound(_("查無這次暫停。"))
    standing.may_keep_places(by, closure.provider.county).enforce()
    if last_on < closure.from_on:
        raise BadInput(_("結束日不能早於開始日。"), field="last_on")
    Closure.objects.filter(id=closure_id).update(until_on=last_on)
    record("place.reopened", by=by, at=clock.now(), provider=closure.provider_id, closure=closure_id)


@transaction.atomic
def close_provider(*, provider_id: UUID, on: date, by: Viewer) -> None:
    """The provider takes nobody any more. Refused while the keeper can see somebody there."""
    provider = _open(provider_id, by)
    if on < provider.opened_on:
        raise BadInput(_("結束日不能早於登錄日。"), field="on")
    if rooms.taken(provider_id, clock.now()):
        raise Refused(_("還有人安置在這裡。請先更換處所或結束安置。"))
    Provider.objects.filter(id=provider_id).update(closed_on=on)
    record("place.ended", by=by, at=clock.now(), provider=provider_id)


def is_secret(given: ProviderGiven) -> bool:
    """Whether a provider may be kept by its handle only."""
    return given.is_secret or given.kind in HIDDEN_KINDS


def _check(given: ProviderGiven, places: int, day: date) -> None:
    if rules.code(rules.KIND, given.kind, day) is None:
        raise BadInput(_("請選安置類型。"), field="kind")
    if not given.handle.strip():
        raise BadInput(_("請填代號。"), field="handle")
    if is_secret(given) and (given.name.strip() or given.phone.strip()):
        raise BadInput(_("家庭和隱密處所只用代號，不寫名稱和電話。"), field="name")
    if any(rules.code(rules.SUITED, one, day) is None for one in given.suited):
        raise BadInput(_("請從清單選適合的需要。"), field="suited")
    if given.takes not in Takes.values or places < 0 or (given.age_to or 200) < given.age_from:
        raise BadInput(_("請再看一次收住對象和床位數。"), field="places")


def _license(provider: Provider, places: int, from_on: date, by: Viewer) -> Licence:
    licence = Licence(
        id=uuid7(), provider=provider, places=places, from_on=from_on, recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )  # fmt: skip
    licence.save(force_insert=True)
    return licence


def _open(provider_id: UUID, by: Viewer) -> Provider:
    provider = Provider.objects.filter(id=provider_id).first()
    if provider is None:
        raise NotFound(_("查無這個處所。"))
    standing.may_keep_places(by, provider.county).enforce()
    if provider.closed_on is not None:
        raise Conflict(_("這個處所已經不再收住。"))
    return provider
