"""The sender takes a rejected row back: one person writes why, another confirms it or says why not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.promises import keep
from anwang.rosters import policies, rules
from anwang.rosters.models import RosterFile, RosterRow, RosterWithdrawal
from anwang.rosters.states import RowState, Withdrawal

from .mending import locked


@transaction.atomic
def ask_to_withdraw(*, row_id: UUID, because: str, words: str, by: Viewer, at: datetime) -> RosterWithdrawal:
    """Write that the sender takes a row back, and why. Until a second person confirms, the row is owed as before."""
    policies.may_settle(by).enforce()
    row = locked(row_id, by)
    if because not in {code.code for code in rules.codes(rules.WITHDRAWALS, at, row.file.county)}:
        raise BadInput(_("請選為什麼撤回。"), field="because")
    if not words.strip():
        raise BadInput(_("請寫機關哪一位、怎麼說的。"), field="words")
    if RosterWithdrawal.objects.filter(row_id=row_id, state=Withdrawal.ASKED).exists():
        raise Conflict(_("這一筆的撤回已經在等第二人確認。請重新整理。"))
    found = RosterWithdrawal(
        id=uuid7(), row_id=row_id, file_id=row.file_id, because=because, words=words.strip()[:300],
        asked_by=by.worker_id, asked_at=at, recorded_at=clock.now(),
    )  # fmt: skip
    found.save(force_insert=True)
    record("roster.withdrawal_asked", by=by, at=at, file=row.file_id, row=row_id, because=because)
    return found


@transaction.atomic
def decide_withdrawal(
    *, row_id: UUID, confirm: bool, words: str = "", by: Viewer, at: datetime
) -> None:  # fmt: skip
    """A second person confirms, and the row is withdrawn; or does not, with words, and it waits on to be mended.

    A report that came of the list goes on until somebody decides there. Raises Refused for whoever asked himself.
    """
    row = locked(row_id, by)
    asked = RosterWithdrawal.objects.select_for_update().filter(row_id=row_id, state=Withdrawal.ASKED).first()
    if asked is None:
        raise NotFound(_("這一筆沒有等確認的撤回。請重新整理。"))
    policies.may_confirm(by, asked.asked_by).enforce()
    if not confirm and not words.strip():
        raise BadInput(_("請寫為什麼不同意撤回。"), field="words")
    state = Withdrawal.CONFIRMED if confirm else Withdrawal.SENT_BACK
    RosterWithdrawal.objects.filter(id=asked.id).update(
        state=state, decided_by=by.worker_id, decided_at=at, decided_words=words.strip()[:300]
    )
    if confirm:
        RosterRow.objects.filter(id=row_id).update(state=RowState.WITHDRAWN, withdrawn_because=asked.because)
        RosterFile.objects.filter(id=row.file_id).update(rejected=F("rejected") - 1, withdrawn=F("withdrawn") + 1)
    verb = "roster.row_withdrawn" if confirm else "roster.withdrawal_sent_back"
    record(verb, by=by, at=at, file=row.file_id, row=row_id, because=asked.because)
    keep()
