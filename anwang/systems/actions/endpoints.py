"""Where a system takes its messages: opened with a secret that is shown once, ended, tried out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.systems import policies, sealed
from anwang.systems.events import TRIAL, EndpointKind, GivenUp, Going, Told
from anwang.systems.models import Endpoint, EndpointSecret, Outgoing, System

from .telling import Telling, announce

SECRET_BYTES = 32
TRIAL_NUMBER = "TRIAL-1"


@transaction.atomic
def open_endpoint(
    *, system_id: UUID, county: str, kind: str, address: str = "", events: Collection[str], by: Viewer, at: datetime
) -> tuple[Endpoint, str]:
    """An endpoint from `at` on, with the secret by which its messages are signed; nobody can read it again."""
    system = System.objects.select_for_update(no_key=True).filter(id=system_id, retired_at=None).first()
    if system is None:
        raise NotFound(_("查無這個系統，或已經停用。"))
    policies.may_keep(by, system).enforce()
    stepped_up(by).enforce()
    address = address.strip()
    if kind not in EndpointKind.values:
        raise BadInput(_("請選即時推送或每日檔案。"), field="kind")
    if (kind == EndpointKind.WEBHOOK) != bool(address):
        raise BadInput(_("即時推送要填網址，每日檔案不用填。"), field="address")
    if address and not _is_address(address):
        raise BadInput(_("網址不能用。請填https開頭、不含帳號密碼與參數。"), field="address")
    if not events or not set(events) <= set(Told.values):
        raise BadInput(_("請至少選一種要通知的事。"), field="events")
    secret = token_urlsafe(SECRET_BYTES)
    row = Endpoint(
        id=uuid7(), system=system, county_id=county, kind=kind, address=address, events=sorted(set(events)),
        starts_at=at, recorded_at=clock.now(), by=by.worker_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "endpoint_once_by_address" in str(error):
            raise Conflict(_("這個位址已經登記過。要換密鑰，先停用舊的。")) from error
        raise BadInput(_("網址不能用。請填https開頭、不含帳號密碼與參數。"), field="address") from error
    EndpointSecret(endpoint=row, sealed=sealed.seal(secret, "endpoint", row.id)).save(force_insert=True)
    record("endpoint.opened", by=by, at=at, subject_id=row.id, system=system.code, kind=kind)
    return row, secret


@transaction.atomic
def end_endpoint(*, endpoint_id: UUID, by: Viewer, at: datetime) -> int:
    """Send nothing there any more. What waits is given up, by name; returns how many messages that were."""
    row = _endpoint(endpoint_id, by)
    if row.ends_at is not None:
        raise Conflict(_("這個端點剛剛已經停用。請重新整理看最新情形。"))
    return _end(row, by, at)


def end_endpoints_of(system: System, *, by: Viewer, at: datetime) -> tuple[int, int]:
    """End those of his county with a system that is retired, in its transaction: how many, and how many messages."""
    live = Endpoint.objects.select_related("system").select_for_update(of=("self",), no_key=True)
    rows = list(live.filter(system=system, county_id=by.county, ends_at=None).order_by("id"))
    return len(rows), sum(_end(row, by, at) for row in rows)


def _end(row: Endpoint, by: Viewer, at: datetime) -> int:
    Endpoint.objects.filter(id=row.id).update(ends_at=at)
    left = Outgoing.objects.filter(endpoint=row, state__in=(Going.WAITING, Going.DEAD)).update(
        state=Going.GIVEN_UP, given_up=GivenUp.ENDPOINT_GONE
    )
    record("endpoint.ended", by=by, at=at, subject_id=row.id, system=row.system.code, given_up=left)
    return left


@transaction.atomic
def try_out(*, endpoint_id: UUID, by: Viewer, at: datetime) -> None:
    """Send this endpoint alone a message that tells of nothing, to see whether it arrives."""
    row = _endpoint(endpoint_id, by)
    told = [Telling(row.system.code, TRIAL_NUMBER, at)]
    if not announce(TRIAL, tell=told, county=row.county_id, by=by, only=row.id):
        raise Conflict(_("這個端點沒有訂閱試送。請另開一個含試送的端點。"))
    record("endpoint.tried", by=by, at=at, subject_id=row.id, system=row.system.code)


def _is_address(address: str) -> bool:
    """Whether it can be read as the https address of a machine; also http where we try out in our own network."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    schemes = ("https", "http") if settings.OUTBOX_PRIVATE else ("https",)
    return bool(host) and address.isascii() and parts.scheme in schemes


def _endpoint(endpoint_id: UUID, by: Viewer) -> Endpoint:
    """An endpoint of his county that he may keep."""
    row = Endpoint.objects.select_related("system").select_for_update(of=("self",), no_key=True)
    found = row.filter(id=endpoint_id).first()
    if found is None or found.county_id != by.county:
        raise NotFound(_("查無這個端點。"))
    policies.may_keep(by, found.system).enforce()
    return found
