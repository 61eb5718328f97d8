"""A wrong count or hash is cleared up with the sender: by a code, with what the code asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock, numbers
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.rosters import policies, rules
from anwang.rosters.models import RosterFile, RosterSettlement
from anwang.rulebook import Code


@dataclass(frozen=True)
class Answer:
    """What was learnt. `outcome` is a code of `roster.settled`; its marks say which of the others must be filled."""

    outcome: str
    asked: str = ""
    """Which office, at which telephone."""
    answered_by: str = ""
    """Who confirmed it there."""
    resent: str = ""
    """Number of the file that came instead."""
    words: str = ""


@transaction.atomic
def settle_file(*, number: str, answer: Answer, by: Viewer, at: datetime) -> None:
    """Somebody asked the sender about a wrong count or hash, and says what came of it. Each once for a file.

    `at` is when the sender answered. Raises BadInput naming what the code asks for, Conflict where it was settled.
    """
    policies.may_settle(by).enforce()
    file = RosterFile.objects.select_for_update().filter(number=number, county=by.county).first()
    if file is None:
        raise NotFound(_("查無這份名冊。請看回條上的編號。"))
    code = next((one for one in rules.codes(rules.SETTLED, at, file.county) if one.code == answer.outcome), None)
    wrong = {name for name, is_so in (("count", file.missing or file.gaps), ("hash", not _is_same(file))) if is_so}
    covers = wrong & set(code.marks["of"]) if code is not None else set()
    if code is None or not covers:
        raise BadInput(_("請選釐清的結果。"), field="outcome")
    _check(code, answer)
    if at > clock.now() or at < file.received_at:
        raise BadInput(_("釐清的時間要在收到之後，也不能在未來。"), field="at")
    settled = RosterSettlement.objects.filter(file=file)
    if any((one.covers_count and "count" in covers) or (one.covers_hash and "hash" in covers) for one in settled):
        raise Conflict(_("這份名冊已經有人釐清。請重新整理看紀錄。"))
    RosterSettlement(
        id=uuid7(), file=file, outcome=code.code, covers_count="count" in covers, covers_hash="hash" in covers,
        resent=_resent(file, answer) if "resent" in code.marks["needs"] else None, words=answer.words.strip()[:300],
        asked=answer.asked.strip()[:60], answered_by=answer.answered_by.strip()[:60], by=by.worker_id, at=at,
        recorded_at=clock.now(),
    ).save(force_insert=True)  # fmt: skip
    record("roster.settled", by=by, at=at, file=file.id, outcome=code.code, of=sorted(covers))


def _is_same(file: RosterFile) -> bool:
    return file.declared_sha256 in ("", file.sha256)


def _check(code: Code, answer: Answer) -> None:
    says = {
        "asked": _("請寫問了哪個單位、電話幾號。"),
        "answered_by": _("請寫是誰確認的：單位和姓名。"),
        "resent": _("請填重送那一份的回條編號。"),
        "words": _("請寫在哪裡找到的，例如回條編號或通報編號。"),
    }
    for name in code.marks["needs"]:
        if not getattr(answer, name).strip():
            raise BadInput(says[name], field=name)


def _resent(file: RosterFile, answer: Answer) -> RosterFile:
    """The file that came instead: of the same sender and kind, afterwards, for the same period or about the first."""
    try:
        number = numbers.normalise(answer.resent)
    except BadInput as error:
        raise BadInput(str(error), field="resent") from None
    found = RosterFile.objects.filter(
        Q(about=file) | Q(period=file.period), number=number, county=file.county,
        sender=file.sender, kind=file.kind, received_at__gte=file.received_at,
    ).exclude(id=file.id).first()  # fmt: skip
    if found is None:
        raise BadInput(_("這個機關後來沒有送過這個編號的名冊。請先收下重送的檔案。"), field="resent")
    return found
