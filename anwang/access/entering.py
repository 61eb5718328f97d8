"""Coming in and going out: each try is recorded; after some wrong passwords the account rests for a while.

Settings: `ANWANG_LOCK_AFTER` wrong passwords, `ANWANG_LOCK_MINUTES` of rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from anwang.audit.actions import record
from anwang.foundation import clock

from .models import Account


@dataclass(frozen=True)
class Admission:
    """The account that may come in; else None, with the instant until which it rests when it does."""

    account: Account | None
    rests_until: datetime | None = None


@dataclass(frozen=True)
class _AtTheDoor:
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
        record("account.refused", by=_AtTheDoor(), reason="unknown")
        return Admission(None)
    now = clock.now()
    if account.locked_until and account.locked_until > now:
        record("account.refused", by=_AtTheDoor(account.worker_id), subject_id=account.pk, reason="rests")
        return Admission(None, account.locked_until)
    if account.check_password(password) and account.is_active and (demo or not account.is_demo):
        Account.objects.filter(pk=account.pk).update(failed_count=0, locked_until=None)
        return Admission(account)
    _count_failure(account, now)
    return Admission(None)


@transaction.atomic
def note_entered(account: Account) -> None:
    """Somebody came in; by the account's password or, in the demonstration, its card."""
    record("account.entered", by=_AtTheDoor(account.worker_id), subject_id=account.pk)


@transaction.atomic
def note_left(account: Account) -> None:
    """Somebody went out by himself."""
    record("account.left", by=_AtTheDoor(account.worker_id), subject_id=account.pk)


def _count_failure(account: Account, now: datetime) -> None:
    failed, until = account.failed_count + 1, None
    if failed >= settings.ANWANG_LOCK_AFTER:
        failed, until = 0, now + timedelta(minutes=settings.ANWANG_LOCK_MINUTES)
    Account.objects.filter(pk=account.pk).update(failed_count=failed, locked_until=until)
    verb = "account.locked" if until else "account.refused"
    record(verb, by=_AtTheDoor(account.worker_id), subject_id=account.pk, reason="password")
