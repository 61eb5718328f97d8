"""The quarterly review: each account is confirmed or ended by somebody who is not its owner."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.models import Account
from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.accounts import policies, queries
from anwang.accounts.models import Finding
from anwang.accounts.quarters import quarter_of
from anwang.accounts.states import Outcome
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7

from .posts import put_close


@transaction.atomic
def keep_accounts(*, account_ids: Collection[UUID], by: Viewer, at: datetime) -> int:
    """Confirm accounts of the county for this quarter; how many were new. Nobody confirms his own."""
    policies.may_review_accounts(by).enforce()
    lines = _lines(account_ids, by)
    new = [line.account_id for line in lines if not line.found_at]
    _found(new, Outcome.KEPT, by, at)
    return len(new)


@transaction.atomic
def end_in_review(*, account_id: UUID, by: Viewer, at: datetime) -> None:
    """An account that should not be any more: cut at once."""
    policies.may_review_accounts(by).enforce()
    stepped_up(by).enforce()
    line = _lines([account_id], by)[0]
    account = Account.objects.get(pk=account_id)
    if not line.found_at:
        _found([account_id], Outcome.ENDED, by, at)
    put_close(worker_id=account.worker_id, by=by, at=at)


def _lines(account_ids: Collection[UUID], by: Viewer) -> list[queries.AccountLine]:
    wanted = set(account_ids)
    if not wanted:
        raise BadInput(_("還沒有勾任何一個帳號。"))
    lines = [line for line in queries.accounts(by) if line.account_id in wanted]
    if len(lines) != len(wanted):
        raise NotFound(_("有帳號不在你的縣市，或已經停用。請重新整理。"))
    if any(line.worker_id == by.worker_id for line in lines):
        raise BadInput(_("自己的帳號要由另一位清查。"))
    return lines


def _found(account_ids: list[UUID], outcome: str, by: Viewer, at: datetime) -> None:
    quarter = quarter_of(clock.local(at).date())
    Finding.objects.bulk_create(
        Finding(
            id=uuid7(), account_id=account_id, county_id=by.county, quarter=quarter, outcome=outcome,
            by=by.worker_id, at=at,
        )
        for account_id in account_ids
    )  # fmt: skip
    for account_id in account_ids:
        record("account.reviewed", by=by, at=at, subject_id=account_id, quarter=quarter, outcome=outcome)
