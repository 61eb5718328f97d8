"""Appointing somebody new, ending one post of several, closing an account at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from anwang.access.models import Account
from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.accounts import policies
from anwang.audit.actions import record
from anwang.directory.models import Appointment, Unit, Worker
from anwang.directory.states import Role
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7

from .invitations import Invited, put_invitation


@transaction.atomic
def appoint(*, name: str, name_en: str = "", phone: str, unit_id: UUID, role: str, by: Viewer, at: datetime) -> UUID:
    """Somebody new at a post of the county; he has no account until he is invited. Returns the worker."""
    policies.may_keep_accounts(by).enforce()
    stepped_up(by).enforce()
    if not name.strip() or not f"{name}{name_en}".isprintable():
        raise BadInput(_("姓名裡有看不見的字元。請重打。"), field="name")
    _check(unit_id, role, by)
    worker = Worker(id=uuid7(), name=name.strip(), name_en=name_en.strip(), phone=phone)
    worker.save(force_insert=True)
    _appoint(worker.id, unit_id, role, by, at)
    return worker.id


@transaction.atomic
def put_first(*, unit_code: str, name: str, phone: str, username: str, by: Viewer, at: datetime) -> Invited:
    """Appoint and invite the first administrator of a county; refused once there is one. For the command alone."""
    unit = Unit.objects.filter(code=unit_code, closed_on=None).first()
    if unit is None:
        raise NotFound(_("查無這個單位，或已經裁撤。"))
    county = unit.jurisdiction_id
    held = Appointment.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, unit__jurisdiction_id=county)
    if Account.objects.filter(is_active=True, worker_id__in=held.values("worker_id")).exists():
        raise Refused(_("這個縣市已經有系統管理人員了。請由他邀請。"))
    worker = Worker(id=uuid7(), name=name.strip(), phone=phone)
    worker.save(force_insert=True)
    _appoint(worker.id, unit.id, Role.ADMINISTRATOR, by, at)
    return put_invitation(worker_id=worker.id, county=county, username=username, made_by=None, by=by, at=at)


@transaction.atomic
def add_post(*, worker_id: UUID, unit_id: UUID, role: str, by: Viewer, at: datetime) -> None:
    """One post more for somebody who works here."""
    policies.may_keep_account_of(by, worker_id).enforce()
    stepped_up(by).enforce()
    _check(unit_id, role, by)
    policies.may_hold(worker_id, role).enforce()
    _appoint(worker_id, unit_id, role, by, at)


@transaction.atomic
def end_post(*, post_id: UUID, by: Viewer, at: datetime) -> None:
    """End one post of several; refused by the database while matters hang on it. The last ends by leaving."""
    post = Appointment.objects.select_for_update(no_key=True).filter(id=post_id, ended_at=None).first()
    if post is None:
        raise NotFound(_("這個職務已經結束了。"))
    policies.may_keep_account_of(by, post.worker_id).enforce()
    stepped_up(by).enforce()
    if Appointment.objects.filter(live_worker=post.worker_id).count() == 1:
        raise BadInput(_("這是他最後一個職務。離職請從移交與離職辦。"))
    try:
        with transaction.atomic():
            Appointment.objects.filter(id=post.id).update(ended_at=at)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise Conflict(_("他在這個單位手上還有事。請先做移交清冊。")) from error
    record("post.ended", by=by, at=at, subject_id=post.worker_id, unit=post.unit_id, role=post.role)


@transaction.atomic
def close_account(*, worker_id: UUID, by: Viewer, at: datetime) -> None:
    """Cut somebody off at once, also while he still holds matters: those are handed over by his unit."""
    policies.may_keep_account_of(by, worker_id).enforce()
    stepped_up(by).enforce()
    put_close(worker_id=worker_id, by=by, at=at)


@transaction.atomic
def put_close(*, worker_id: UUID, by: Viewer, at: datetime) -> None:
    """The closing itself; the database cuts every session, key, code and binding with it."""
    account = Account.objects.select_for_update(no_key=True).filter(worker_id=worker_id, is_active=True).first()
    if account is None:
        raise Conflict(_("這個帳號已經停用了。"))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    record("account.closed", by=by, at=at, subject_id=account.pk)


def _check(unit_id: UUID, role: str, by: Viewer) -> None:
    unit = Unit.objects.filter(id=unit_id, closed_on=None, jurisdiction_id=by.county).first()
    if unit is None:
        raise BadInput(_("查無這個單位，或已經裁撤。"), field="unit")
    if role not in Role.values:
        raise BadInput(_("請選職務。"), field="role")


def _appoint(worker_id: UUID, unit_id: UUID, role: str, by: Viewer, at: datetime) -> None:
    post = Appointment(id=uuid7(), worker_id=worker_id, unit_id=unit_id, role=role, started_at=at)
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("他在這個單位已經有職務了。")) from error
    record("worker.appointed", by=by, at=at, subject_id=worker_id, unit=unit_id, role=role)
