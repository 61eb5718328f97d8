"""Systems come and go."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Jurisdiction
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.systems import policies
from anwang.systems.models import Endpoint, Sender, System, Token
from anwang.systems.states import Channel, Reach

from .endpoints import end_endpoints_of

OURS = frozenset({"form", "public", "roster", "import", "fhir", "jsonl"})
"""Codes under which our own forms, lists and files stand as senders: no system may answer to one of them."""
CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")


@transaction.atomic
def register_system(
    *,
    code: str,
    name: str,
    agency: str,
    reach: str,
    channels: tuple[str, ...],
    contact_unit: str,
    contact_phone: str = "",
    name_en: str = "",
    by: Viewer,
    at: datetime,
) -> System:
    """Another system is known from `at`. A county's system belongs to the county of whoever registers it.

    Raises Refused, BadInput for what cannot be taken, Conflict when the code is another system's, retired ones too:
    a code names the sender of records for ever.
    """
    policies.may_keep_systems(by).enforce()
    code, name, agency = code.strip().lower(), name.strip(), agency.strip()
    if not CODE.fullmatch(code):
        raise BadInput(_("代碼請用小寫英文字母開頭，例如hospital-a。"), field="code")
    if code in OURS or code.startswith("fhir-"):
        raise BadInput(_("這個代碼是本系統自己用的。請換一個，例如hospital-a。"), field="code")
    if not name or not agency or not contact_unit.strip():
        raise BadInput(_("請填系統名稱、所屬機關與聯絡單位。"), field="name")
    if reach not in Reach.values or not channels or set(channels) - set(Channel.values):
        raise BadInput(_("請選這個系統用哪些方式介接。"), field="channels")
    if System.objects.filter(code=code).exists():
        raise Conflict(_("這個代碼用過了。請換一個，停用的代碼也不再用。"))
    row = System(
        id=uuid7(), code=code, name=name, name_en=name_en.strip(), agency=agency, reach=reach,
        county_id=by.county if reach == Reach.COUNTY else None, contact_unit=contact_unit.strip(),
        contact_phone=contact_phone.strip(), channels=list(channels), registered_at=at, registered_by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    record("system.registered", by=by, at=at, subject_id=row.id, reach=reach)
    return row


@transaction.atomic
def retire_system(*, system_id: UUID, by: Viewer, at: datetime) -> tuple[int, int]:
    """A system sends and takes no more: its tokens and endpoints of this county end with it.

    Returns how many endpoints were ended and how many messages that waited for them were given up, by name. Raises
    Conflict naming the counties that still write or take messages through a national system: each decides on its own.
    """
    system = System.objects.select_for_update(no_key=True).filter(id=system_id).first()
    if system is None:
        raise NotFound(_("找不到這個系統。"))
    policies.may_keep(by, system).enforce()
    if system.retired_at is not None:
        raise Conflict(_("這個系統已經停用了。"))
    if others := _others_using(system, by.county, at):
        named = _("、").join(county.called for county in others)
        raise Conflict(_("%(counties)s還在用這個系統。請他們先撤銷憑證、停用端點。") % {"counties": named})
    endpoints, messages = end_endpoints_of(system, by=by, at=at)
    # Of other counties only tokens are left that open nothing any more.
    revoked = Token.objects.filter(system=system, revoked_at=None).update(revoked_at=at, revoked_by=by.worker_id)
    Sender.objects.filter(system=system, until_at=None).update(until_at=at, ended_by=by.worker_id)
    System.objects.filter(id=system.id).update(retired_at=at, retired_by=by.worker_id)
    record("system.retired", by=by, at=at, subject_id=system.id, tokens=revoked, endpoints=endpoints, given_up=messages)
    return endpoints, messages


def _others_using(system: System, county: str, at: datetime) -> tuple[Jurisdiction, ...]:
    """Other counties with a token that opens something or an endpoint that takes messages."""
    tokens = Token.objects.filter(system=system, revoked_at=None, expires_at__gt=at)
    endpoints = Endpoint.objects.filter(system=system, ends_at=None)
    using = {*tokens.values_list("county_id", flat=True), *endpoints.values_list("county_id", flat=True)} - {county}
    return tuple(Jurisdiction.objects.filter(code__in=using).order_by("code"))
