"""Inviting a worker to his account, and what he does with it. Nobody comes in by an address somebody wrote down."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.models import Account
from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.accounts import policies, sealed
from anwang.accounts.models import AgencyBinding, AgencyLogin, Invitation, InvitationSeal
from anwang.audit.actions import Actor, record
from anwang.directory.models import Appointment
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7

USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,39}")
SHARED = frozenset(
    {"admin", "administrator", "root", "test", "guest", "demo", "user", "anwang", "duty", "night", "desk"}
)
"""Names that everybody, or no one, would answer to."""
CODE_DIGITS = 8


@dataclass(frozen=True)
class Invited:
    """The link's secret and the code, both told once, by two different ways."""

    id: UUID
    link: str
    code: str


@transaction.atomic
def invite(*, worker_id: UUID, username: str = "", agency_id: UUID | None = None, by: Viewer, at: datetime) -> Invited:
    """Invite a worker with a post; one before it ends. For an account that exists it begins anew once accepted."""
    policies.may_keep_account_of(by, worker_id).enforce()
    stepped_up(by).enforce()
    return put_invitation(
        worker_id=worker_id, county=by.county, username=username, agency_id=agency_id, made_by=by.worker_id, by=by,
        at=at,
    )  # fmt: skip


@transaction.atomic
def put_invitation(
    *, worker_id: UUID, county: str, username: str, agency_id: UUID | None = None, made_by: UUID | None, by: Actor,
    at: datetime,
) -> Invited:  # fmt: skip
    """The invitation itself; the first administrator of a county is invited by the command alone."""
    if not Appointment.objects.filter(live_worker=worker_id).exists():
        raise BadInput(_("他現在沒有職務。請先任用再邀請。"))
    existing = Account.objects.filter(worker_id=worker_id).first()
    name = existing.username if existing else username
    if existing is None:
        _check_name(name, worker_id, at)
    if agency_id and not AgencyLogin.objects.filter(id=agency_id, county_id=county, ended_at=None).exists():
        raise BadInput(_("查無這個機關帳號。"), field="agency")
    Invitation.objects.filter(worker_id=worker_id, ended_at=None).update(ended_at=at)
    link, code = secrets.token_urlsafe(32), "".join(secrets.choice("0123456789") for _n in range(CODE_DIGITS))
    row = Invitation(
        id=uuid7(), worker_id=worker_id, county_id=county, username=name, agency_id=agency_id, made_at=at,
        made_by=made_by or worker_id, expires_at=at + timedelta(hours=settings.ANWANG_INVITATION_HOURS),
    )  # fmt: skip
    row.save(force_insert=True)
    InvitationSeal(invitation=row, link=sealed.digest(link), code=make_password(code)).save(force_insert=True)
    record("invitation.made", by=by, at=at, subject_id=worker_id, again=existing is not None)
    return Invited(row.id, link, code)


def _check_name(name: str, worker_id: UUID, at: datetime) -> None:
    if not USERNAME.fullmatch(name):
        raise BadInput(_("帳號請用小寫英文、數字、點或橫線，3到40個字。"), field="username")
    if name.rstrip("0123456789.-") in SHARED:
        raise BadInput(_("帳號是一個人的，不是一個角色的。請換一個。"), field="username")
    if Account.objects.filter(username=name).exists():
        raise BadInput(_("這個帳號有人用了。請換一個。"), field="username")
    invited = Invitation.objects.filter(username=name, ended_at=None, expires_at__gt=at).exclude(worker_id=worker_id)
    if invited.exists():
        raise BadInput(_("這個帳號剛剛邀請了別人。請換一個。"), field="username")


@transaction.atomic
def withdraw_invitation(*, invitation_id: UUID, by: Viewer, at: datetime) -> None:
    """Take back an invitation nobody has accepted."""
    row = Invitation.objects.select_for_update(no_key=True).filter(id=invitation_id, ended_at=None).first()
    if row is None:
        raise Conflict(_("這份邀請已經結束了。"))
    policies.may_keep_account_of(by, row.worker_id).enforce()
    Invitation.objects.filter(id=row.id).update(ended_at=at)
    record("invitation.withdrawn", by=by, at=at, subject_id=row.worker_id)


def invitation_of(link: str, at: datetime) -> Invitation:
    """The live invitation whose link is shown. Raises NotFound, alike for none, an old and a used one."""
    told = sealed.digest(link)
    sealed.shown(told)
    seal = InvitationSeal.objects.select_related("invitation__worker").filter(link=told).first()
    if seal is None or seal.invitation.ended_at is not None or seal.invitation.expires_at <= at:
        raise NotFound(_("這份邀請不能用了。請系統管理人員再邀請你一次。"))
    return seal.invitation


@transaction.atomic
def try_code(*, link: str, code: str, by: Actor, at: datetime) -> UUID | None:
    """The invitation whose link and code belong together; None for a wrong code. Too many of them end it."""
    row = invitation_of(link, at)
    row = Invitation.objects.select_for_update(no_key=True).get(id=row.id)
    if row.ended_at is not None:
        raise NotFound(_("這份邀請不能用了。請系統管理人員再邀請你一次。"))
    seal = InvitationSeal.objects.get(invitation_id=row.id)
    if check_password("".join(sign for sign in code if sign.isdecimal()), seal.code):
        return row.id
    failed = row.failed + 1
    ended = at if failed >= settings.ANWANG_INVITATION_TRIES else None
    Invitation.objects.filter(id=row.id).update(failed=failed, ended_at=ended)
    record("invitation.refused", by=by, at=at, subject_id=row.worker_id, ended=ended is not None)
    return None


@transaction.atomic
def accept(*, invitation_id: UUID, by: Actor, at: datetime, subject: str = "") -> Account:
    """Make the worker's account, or begin it anew: whatever it was entered by before is cut.

    `subject` binds it to the invitation's agency. The caller gives it a passkey, password or binding in the same
    transaction. Raises NotFound.
    """
    row = Invitation.objects.select_for_update(no_key=True).filter(id=invitation_id, ended_at=None).first()
    if row is None or row.expires_at <= at or not Appointment.objects.filter(live_worker=row.worker_id).exists():
        raise NotFound(_("這份邀請不能用了。請系統管理人員再邀請你一次。"))
    Invitation.objects.filter(id=row.id).update(accepted_at=at, ended_at=at)
    account = Account.objects.select_for_update(no_key=True).filter(worker_id=row.worker_id).first()
    if account is None:
        account = Account(username=row.username, worker_id=row.worker_id)
        sealed.own(account.pk)  # nobody is logged in yet, and the database takes an account from nobody
        account.set_unusable_password()
        account.save(force_insert=True)
    else:
        sealed.own(account.pk)
        Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False)
        account.set_unusable_password()
        Account.objects.filter(pk=account.pk).update(
            is_active=True, password=account.password, failed_count=0, locked_until=None
        )
        account.refresh_from_db()
    if subject and row.agency_id:
        _bind(account, row.agency_id, subject, by, at)
    record("invitation.accepted", by=by, at=at, subject_id=account.pk)
    return account


def _bind(account: Account, agency_id: UUID, subject: str, by: Actor, at: datetime) -> None:
    binding = AgencyBinding(id=uuid7(), account=account, login_id=agency_id, subject=subject, made_at=at)
    try:
        with transaction.atomic():
            binding.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("這個機關帳號已經是別人的。請洽系統管理人員。")) from error
    record("agency.bound", by=by, at=at, subject_id=account.pk, agency=agency_id)
