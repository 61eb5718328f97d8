"""Coming in and going out: each try is recorded; after some wrong tries the account rests for a while.

Settings: `ANWANG_LOCK_AFTER` wrong tries, `ANWANG_LOCK_MINUTES` of rest. A right password alone does not begin the
count anew where a second factor is still to come: otherwise that one could be tried for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from anwang.audit.actions import record
from anwang.foundation import clock

from .models import Account
from .seat import leave
from .viewer import viewer_for


@dataclass(frozen=True)
class Admission:
    """The account that may come in; else None, with the instant until which it rests when it does."""

    account: Account | None
    rests_until: datetime | None = None


@dataclass(frozen=True)
class AtTheDoor:
    """Who stands before the door: known to the record only by the account he names."""

    worker_id: UUID | None = None
    unit_id: UUID | None = None
    service: str = "door"
    purpose: str = ""


@transaction.atomic
def admit(*, username: str, password: str, demo: bool) -> Admission:
    """Try a name and a password; unknown names take as long as wrong passwords. `demo` lets demonstration accounts in.

    The record gets no name that nobody has: people type their passwords there.
    """
    account = Account.objects.select_for_update(no_key=True).filter(username=username).first()
    if account is None:
        make_password(password)
        record("account.refused", by=AtTheDoor(), reason="unknown")
        return Admission(None)
    if until := rests(account):
        return Admission(None, until)
    if _knows(account, password) and may_enter(account, demo=demo):
        return Admission(account)
    refuse(account, "password")
    return Admission(None)


def _knows(account: Account, password: str) -> bool:
    """Whether it is his password. One kept by older settings is kept anew, as written by himself and nobody else."""

    def keep_anew(text: str) -> None:
        viewer_for(account.worker_id)
        account.set_password(text)
        account.save(update_fields=["password"])
        leave()

    return check_password(password, account.password, keep_anew)


def may_enter(account: Account, *, demo: bool) -> bool:
    """Whether the account is open at all; those of the demonstration only there."""
    return account.is_active and (demo or not account.is_demo)


@transaction.atomic
def rests(account: Account) -> datetime | None:
    """Until when the account rests, having been tried wrongly too often; None when it does not."""
    until = account.locked_until
    if until is None or until <= clock.now():
        return None
    record("account.refused", by=AtTheDoor(account.worker_id), subject_id=account.pk, reason="rests")
    return until


@transaction.atomic
def refuse(account: Account, reason: str) -> datetime | None:
    """One wrong try more, by `reason` (password, code, passkey); until when the account rests, once it does."""
    now = clock.now()
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    failed, until = account.failed_count + 1, None
    if failed >= settings.ANWANG_LOCK_AFTER:
        failed, until = 0, now + timedelta(minutes=settings.ANWANG_LOCK_MINUTES)
    Account.objects.filter(pk=account.pk).update(failed_count=failed, locked_until=until)
    verb = "account.locked" if until else "account.refused"
    record(verb, by=AtTheDoor(account.worker_id), subject_id=account.pk, reason=reason)
    return until


@transaction.atomic
def note_entered(account: Account, how: str = "") -> None:
    """Somebody came in whole; by what is named in `how`. Wrong tries before are forgotten."""
    Account.objects.filter(pk=account.pk).update(failed_count=0, locked_until=None, last_login=clock.now())
    record("account.entered", by=AtTheDoor(account.worker_id), subject_id=account.pk, **({"how": how} if how else {}))


@transaction.atomic
def note_left(account: Account) -> None:
    """Somebody went out by himself."""
    record("account.left", by=AtTheDoor(account.worker_id), subject_id=account.pk)
