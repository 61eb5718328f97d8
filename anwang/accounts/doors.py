"""What an account can be entered by: asked while nobody is known yet, and by its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any  # an account: the web may not name the model
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import pgettext_lazy

from anwang.access.models import Account
from anwang.foundation import clock

from .models import AgencyBinding, AgencyLogin, Passkey, PastPassword, RecoveryCode, Totp
from .states import Owes

DOORS_SQL = """
SELECT (SELECT count(*) FROM accounts_passkey WHERE account_id = a.id AND ended_at IS NULL),
       EXISTS (SELECT 1 FROM accounts_totp WHERE account_id = a.id AND ended_at IS NULL),
       EXISTS (SELECT 1 FROM accounts_agencybinding WHERE account_id = a.id AND ended_at IS NULL)
  FROM access_account a WHERE a.id = %s
"""

NEW = {
    "passkey": pgettext_lazy("added", "通行金鑰"), "totp": pgettext_lazy("added", "驗證碼App"),
    "agency": pgettext_lazy("added", "機關帳號"), "codes": pgettext_lazy("added", "備用碼"),
}  # fmt: skip
NEW_WAYS_SQL = """
WITH ways (kind, label, at) AS (
  SELECT 'passkey', label, made_at FROM accounts_passkey WHERE account_id = %(who)s
  UNION ALL SELECT 'totp', '', made_at FROM accounts_totp WHERE account_id = %(who)s
  UNION ALL SELECT 'agency', '', made_at FROM accounts_agencybinding WHERE account_id = %(who)s
  UNION ALL SELECT 'codes', '', max(made_at) FROM accounts_recoverycode WHERE account_id = %(who)s HAVING count(*) > 0)
SELECT kind, label, at FROM ways
 WHERE at > %(since)s AND at > (SELECT min(at) FROM ways) + interval '1 hour' ORDER BY at DESC
"""


@dataclass(frozen=True)
class NewWay:
    """A way into an account that was added lately: what it is called, and when."""

    what: str
    at: datetime


@dataclass(frozen=True)
class Doors:
    """How many passkeys, whether an app, a password, an agency's log-in; `is_demo` has its card."""

    passkeys: int
    totp: bool
    password: bool
    agency: bool
    is_demo: bool

    @property
    def has_second(self) -> bool:
        return self.totp or self.passkeys > 0


def doors_of(account: Any) -> Doors:
    """The doors of an account, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DOORS_SQL, [account.pk])
        passkeys, totp, agency = cursor.fetchone()
    return Doors(passkeys, totp, account.has_usable_password(), agency, account.is_demo)


def owes(account: Any, doors: Doors) -> str:
    """What the account must do before it opens any other page: a second factor, a password past its days; or nothing.

    An account of the demonstration owes nothing: its card is not a secret.
    """
    if account.is_demo:
        return ""
    if not doors.has_second:
        return Owes.SECOND_FACTOR
    return Owes.PASSWORD if doors.password and _is_old(account.pk) else ""


def _is_old(account_id: UUID) -> bool:
    if not settings.ANWANG_PASSWORD_DAYS:
        return False
    last = PastPassword.objects.filter(account_id=account_id).order_by("-set_at").first()
    return last is None or clock.now() - last.set_at > timedelta(days=settings.ANWANG_PASSWORD_DAYS)


def account_of(account_id: object) -> Any:
    """The account a half log-in, or a passkey, names; None when it is closed."""
    return Account.objects.filter(pk=account_id, is_active=True).first()


def passkeys_of(account_id: UUID) -> list[bytes]:
    """Credential ids of the live passkeys of an account."""
    live = Passkey.objects.filter(account_id=account_id, ended_at=None)
    return [bytes(one) for one in live.values_list("credential_id", flat=True)]


def totp_of(account_id: UUID) -> Totp | None:
    return Totp.objects.filter(account_id=account_id, ended_at=None).first()


def codes_left(account_id: UUID) -> int:
    """How many recovery codes are left; ask `sealed.own` first."""
    return RecoveryCode.objects.filter(account_id=account_id, ended_at=None).count()


def bound_to(login_id: UUID, subject: str) -> Any:
    """The open account that is this subject of this agency's log-in, or None."""
    found = AgencyBinding.objects.filter(login_id=login_id, subject=subject, ended_at=None).first()
    return account_of(found.account_id) if found else None


def bound_at(account_id: UUID) -> list[tuple[str, str]]:
    """(code, name) of the agencies' log-ins an account is bound to."""
    live = AgencyBinding.objects.filter(account_id=account_id, ended_at=None, login__ended_at=None)
    return list(live.order_by("login__name").values_list("login__code", "login__name"))


def new_ways(account_id: UUID) -> list[NewWay]:
    """Ways into an account added within `ANWANG_NEW_WAY_DAYS`, the latest first: its owner is told, lest it was not he.

    What came with the account itself, in the hour in which its first way was made, is no news.
    """
    with connection.cursor() as cursor:
        since = clock.now() - timedelta(days=settings.ANWANG_NEW_WAY_DAYS)
        cursor.execute(NEW_WAYS_SQL, {"who": account_id, "since": since})
        return [NewWay(label or str(NEW[kind]), at) for kind, label, at in cursor.fetchall()]


def offered() -> list[tuple[str, str]]:
    """(code, name) of every agency's log-in, for the page before anybody is known."""
    return list(AgencyLogin.objects.filter(ended_at=None).order_by("name").values_list("code", "name"))
