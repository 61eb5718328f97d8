"""Setting a password: by the rules of the settings, never one of the last few; other sessions end with the old one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any  # an account
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.models import Account
from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.accounts import rules, sealed
from anwang.accounts.models import PastPassword
from anwang.audit.actions import Actor, record
from anwang.directory.models import Worker
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7


@transaction.atomic
def change_password(*, account_id: UUID, password: str, by: Viewer, at: datetime) -> Any:
    """A new password of one's own account. Raises BadInput, ProofNeeded. Every other session ends by it."""
    if by.account_id != account_id:
        raise NotFound(_("查無這個帳號。"))
    stepped_up(by).enforce()
    return put_password(account_id=account_id, password=password, by=by, at=at)


@transaction.atomic
def put_password(*, account_id: UUID, password: str, by: Actor, at: datetime) -> Any:
    """Set a password that the rules take, and remember its sum. Returns the account with its new sum."""
    account = Account.objects.select_for_update(no_key=True).get(pk=account_id)
    worker = Worker.objects.get(pk=account.worker_id)
    if fault := rules.fault_of(password, (account.username, worker.name, *worker.name_en.split())):
        raise BadInput(fault, field="password")
    sealed.own(account_id)
    text = rules.normal(password)
    past = PastPassword.objects.filter(account_id=account_id).order_by("-set_at").values_list("password", flat=True)
    kept = list(past[: settings.ANWANG_PASSWORDS_KEPT])
    if any(check_password(text, one) for one in {*kept, account.password}):
        raise BadInput(_("這是最近用過的密碼。請換一個沒用過的。"), field="password")
    if account.has_usable_password() and not kept:
        # Given before anything was remembered: by a founder's script.
        _remember(account, at - timedelta(microseconds=1))
    account.set_password(text)
    Account.objects.filter(pk=account_id).update(password=account.password)
    _remember(account, at)
    record("password.changed", by=by, at=at, subject_id=account_id)
    return account


def _remember(account: Account, at: datetime) -> None:
    PastPassword(id=uuid7(), account=account, password=account.password, set_at=at).save(force_insert=True)
