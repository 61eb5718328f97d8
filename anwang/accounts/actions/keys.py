"""Passkeys: adding one, using one, taking one away."""

from __future__ import annotations

from datetime import datetime
from typing import Any  # an account
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.accounts import doors, sealed
from anwang.accounts.models import Passkey
from anwang.accounts.passkeys import Made
from anwang.audit.actions import Actor, record
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.uuid7 import uuid7

MOST = 10
"""Passkeys of one account: more is a mistake."""


@transaction.atomic
def add_passkey(*, account_id: UUID, made: Made, label: str, by: Actor, at: datetime) -> Passkey:
    """Keep a new passkey of one's own account. Its owner proves himself first (`stepped_up`) where he is logged in."""
    if isinstance(by, Viewer):
        _own(by, account_id)
        stepped_up(by).enforce()
    if Passkey.objects.filter(account_id=account_id, ended_at=None).count() >= MOST:
        raise BadInput(_("通行金鑰太多了。請先移除不用的。"))
    if Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise BadInput(_("這把通行金鑰登記過了。請換一把。"))
    key = Passkey(
        id=uuid7(), account_id=account_id, label=_plain(label) or _("我的通行金鑰"),
        credential_id=made.credential_id, attested=made.attested, sign_count=made.sign_count,
        is_synced=made.is_synced, made_at=at,
    )  # fmt: skip
    sealed.own(account_id)
    key.save(force_insert=True)
    record("passkey.added", by=by, at=at, subject_id=account_id, key=key.id, synced=made.is_synced)
    return key


@transaction.atomic
def use_passkey(*, key: Passkey, counter: int, by: Actor, at: datetime) -> bool:
    """Note a use that was checked; False when its counter did not go on: then two have the key, and it ends."""
    key = Passkey.objects.select_for_update(no_key=True).get(id=key.id)
    if key.ended_at is not None:
        return False
    if (counter or key.sign_count) and counter <= key.sign_count:
        Passkey.objects.filter(id=key.id).update(ended_at=at)
        record("passkey.copied", by=by, at=at, subject_id=key.account_id, key=key.id)
        return False
    Passkey.objects.filter(id=key.id).update(sign_count=counter, last_used_at=at)
    return True


@transaction.atomic
def remove_passkey(*, passkey_id: UUID, by: Viewer, at: datetime) -> None:
    """Take away a passkey of one's own; never the last second factor."""
    key = Passkey.objects.select_for_update(no_key=True).filter(id=passkey_id, ended_at=None).first()
    if key is None or key.account_id != by.account_id:
        raise NotFound(_("查無這把通行金鑰。"))
    stepped_up(by).enforce()
    keep_a_way_in(doors.account_of(key.account_id), without_passkey=True)
    Passkey.objects.filter(id=key.id).update(ended_at=at)
    record("passkey.removed", by=by, at=at, subject_id=key.account_id, key=key.id)


def keep_a_way_in(account: Any, *, without_passkey: bool = False, without_totp: bool = False) -> None:
    """Refuse to take away what nothing would be left without."""
    has = doors.doors_of(account)
    passkeys = has.passkeys - (1 if without_passkey else 0)
    totp = has.totp and not without_totp
    if not account.is_demo and not (passkeys or totp):
        raise Refused(_("這是你最後一道驗證。請先加一個再移除。"))
    if not account.is_demo and not (passkeys or has.password or has.agency):
        raise Refused(_("移除後就沒有辦法登入了。請先設密碼或加通行金鑰。"))


def _plain(label: str) -> str:
    return "".join(sign for sign in label if sign.isprintable()).strip()[:40]


def key_of(credential_id: bytes) -> Passkey | None:
    """The live passkey with this credential id."""
    return Passkey.objects.select_related("account").filter(credential_id=credential_id, ended_at=None).first()


def _own(by: Viewer, account_id: UUID) -> None:
    if by.account_id != account_id:
        raise NotFound(_("查無這個帳號。"))
