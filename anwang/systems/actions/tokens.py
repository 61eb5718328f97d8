"""Tokens: the plain text is given back once, to whoever issues it, and kept nowhere."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.systems import policies, rules
from anwang.systems.models import System, Token, TokenSeal
from anwang.systems.states import Scope

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Of a prefix: none that is read as another."""


@dataclass(frozen=True)
class IssuedToken:
    """A new token with its plain text (`aw_<prefix>_<secret>`), which nobody can read again."""

    id: UUID
    prefix: str
    plain: str


@transaction.atomic
def issue_token(*, system_id: UUID, scopes: tuple[str, ...], expires_on: date, by: Viewer, at: datetime) -> IssuedToken:
    """Give a system a token for the issuer's county, good through `expires_on`.

    Raises Refused, ProofNeeded, NotFound, Conflict for a retired system, BadInput when the end is past or beyond what
    policy lets.
    """
    system = System.objects.select_for_update(no_key=True).filter(id=system_id).first()
    if system is None:
        raise NotFound(_("找不到這個系統。"))
    policies.may_keep(by, system).enforce()
    stepped_up(by).enforce()
    if system.retired_at is not None:
        raise Conflict(_("這個系統停用了，不能再發憑證。"))
    if not scopes or set(scopes) - set(Scope.values):
        raise BadInput(_("請選這把憑證可以做什麼。"), field="scopes")
    _check_end(expires_on, at, by.county)
    prefix, secret, salt = (
        "".join(secrets.choice(SIGNS) for _n in range(8)),
        secrets.token_urlsafe(32),
        secrets.token_bytes(16),
    )
    token = Token(
        id=uuid7(), system=system, county_id=by.county, prefix=prefix, scopes=sorted(set(scopes)), issued_at=at,
        issued_by=by.worker_id, expires_at=_end_of(expires_on),
    )  # fmt: skip
    token.save(force_insert=True)
    TokenSeal(token=token, salt=salt, sha256=hashlib.sha256(salt + secret.encode()).digest()).save(force_insert=True)
    record("token.issued", by=by, at=at, subject_id=token.id, system=system.id, scopes=" ".join(token.scopes))
    return IssuedToken(token.id, prefix, f"aw_{prefix}_{secret}")


@transaction.atomic
def revoke_token(*, token_id: UUID, by: Viewer, at: datetime) -> None:
    """The token opens nothing from now on. Raises NotFound, Refused, Conflict when it was revoked before."""
    token = (
        Token.objects.select_related("system").select_for_update(no_key=True, of=("self",)).filter(id=token_id).first()
    )
    if token is None:
        raise NotFound(_("找不到這把憑證。"))
    policies.may_keep(by, token.system).enforce()
    if token.county_id != by.county:
        raise NotFound(_("找不到這把憑證。"))
    if token.revoked_at is not None:
        raise Conflict(_("這把憑證已經撤銷了。"))
    Token.objects.filter(id=token.id).update(revoked_at=at, revoked_by=by.worker_id)
    record("token.revoked", by=by, at=at, subject_id=token.id, system=token.system_id)


def _check_end(expires_on: date, at: datetime, county: str) -> None:
    if _end_of(expires_on) <= at:
        raise BadInput(_("到期日要在今天以後。"), field="expires_on")
    latest = rules.latest_end(at, county)
    if expires_on > latest:
        raise BadInput(_("效期太長。最晚填%(day)s。") % {"day": roc.roc_long(latest)}, field="expires_on")


def _end_of(day: date) -> datetime:
    """The midnight at which a day ends in Taipei."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.TAIPEI)
