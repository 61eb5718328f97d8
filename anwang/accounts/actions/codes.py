"""The authenticator app, and the codes on paper for the day on which it is lost."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from typing import Any  # an account
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.accounts import doors, sealed, totp
from anwang.accounts.models import RecoveryCode, Totp, TotpSeal
from anwang.audit.actions import Actor, record
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7

from .keys import keep_a_way_in

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""None that is read as another."""
CODES, GROUPS, GROUP = 10, 4, 4


@transaction.atomic
def add_totp(*, account_id: UUID, secret: str, code: str, by: Actor, at: datetime) -> None:
    """Take an app whose first code is right; another one before it ends. Raises BadInput, ProofNeeded."""
    if isinstance(by, Viewer):
        if by.account_id != account_id:
            raise NotFound(_("查無這個帳號。"))
        stepped_up(by).enforce()
    step = totp.step_of(secret, code.strip().replace(" ", ""), after=0)
    if step is None:
        raise BadInput(_("驗證碼不對。請看手機上最新的6位數字。"), field="code")
    Totp.objects.filter(account_id=account_id, ended_at=None).update(ended_at=at)
    sealed.own(account_id)
    shut = sealed.seal(secret, "totp", account_id)
    if not TotpSeal.objects.filter(account_id=account_id).update(sealed=shut):
        TotpSeal(account_id=account_id, sealed=shut).save(force_insert=True)
    Totp(id=uuid7(), account_id=account_id, last_step=step, made_at=at).save(force_insert=True)
    record("totp.added", by=by, at=at, subject_id=account_id)


@transaction.atomic
def remove_totp(*, by: Viewer, at: datetime) -> None:
    """Take one's own app away; never the last second factor."""
    stepped_up(by).enforce()
    account = doors.account_of(by.account_id)
    if account is None or not Totp.objects.filter(account_id=account.pk, ended_at=None).exists():
        raise NotFound(_("你沒有設驗證碼。"))
    keep_a_way_in(account, without_totp=True)
    sealed.own(account.pk)
    Totp.objects.filter(account_id=account.pk, ended_at=None).update(ended_at=at)
    TotpSeal.objects.filter(account_id=account.pk).delete()
    record("totp.removed", by=by, at=at, subject_id=account.pk)


@transaction.atomic
def take_code(*, account: Any, code: str, by: Actor, at: datetime) -> str:
    """Whether a code is right now: "code" of the app, "recovery" of the paper, or empty. Each is taken once."""
    text = "".join(sign for sign in code.lower() if sign.isalnum())
    sealed.own(account.pk)
    if len(text) == totp.DIGITS and text.isdecimal():
        return "code" if _take_step(account.pk, text) else ""
    found = None
    for one in RecoveryCode.objects.select_for_update(no_key=True).filter(account_id=account.pk, ended_at=None):
        if hmac.compare_digest(bytes(one.digest), _digest(account.pk, text)):
            found = one
    if found is None:
        return ""
    RecoveryCode.objects.filter(id=found.id).update(ended_at=at)
    record("code.used", by=by, at=at, subject_id=account.pk)
    return "recovery"


def _take_step(account_id: UUID, text: str) -> bool:
    app = Totp.objects.select_for_update(no_key=True).filter(account_id=account_id, ended_at=None).first()
    kept = TotpSeal.objects.filter(account_id=account_id).first()
    if app is None or kept is None:
        return False
    step = totp.step_of(sealed.unseal(kept.sealed, "totp", account_id), text, after=app.last_step)
    if step is None:
        return False
    Totp.objects.filter(id=app.id).update(last_step=step)
    return True


@transaction.atomic
def make_codes(*, account_id: UUID, by: Actor, at: datetime) -> list[str]:
    """Ten new codes, told once; those from before end."""
    if isinstance(by, Viewer):
        if by.account_id != account_id:
            raise NotFound(_("查無這個帳號。"))
        stepped_up(by).enforce()
    sealed.own(account_id)
    RecoveryCode.objects.filter(account_id=account_id, ended_at=None).update(ended_at=at)
    made = [_fresh() for _n in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(id=uuid7(), account_id=account_id, digest=_digest(account_id, code.replace("-", "")), made_at=at)
        for code in made
    )
    record("codes.made", by=by, at=at, subject_id=account_id)
    return made


def _fresh() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _n in range(GROUP)) for _m in range(GROUPS))


def _digest(account_id: UUID, code: str) -> bytes:
    return sealed.digest(f"{account_id}:{code}")
