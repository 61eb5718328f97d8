"""Vocabularies of the kernel and their transition tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatterKind(models.TextChoices):
    """What must be answered for. Each domain record owns one matter of its own kind."""

    REPORT = "report", _("通報")
    CASE = "case", _("案件")
    PLACEMENT = "placement", _("安置")
    COORDINATION = "coordination", _("家庭主責")
    BREAK_GLASS = "break_glass", _("緊急調閱覆核")
    SUBJECT_REQUEST = "subject_request", _("當事人請求")
    MEETING = "meeting", _("會議")
    DECISION = "decision", _("列管決議")
    URGENT_ROOM = "urgent_room", _("急案戰情室")
    INCIDENT_REVIEW = "incident_review", _("重大事件檢討")
    REFERRAL = "referral", _("轉介")
    NOTICE = "notice", _("返家通知")
    SUBMISSION = "submission", _("提報")
    STEERING = "steering", _("提問精進事項")


class How(models.TextChoices):
    """How a holder came to hold. Written into the ledgers."""

    OPENED = "opened", _("受理時起")
    ASSIGNED = "assigned", _("指派")
    REASSIGNED = "reassigned", _("改派")
    SHIFT = "shift", _("值班交接")
    ACCEPTED = "accepted", _("對方接受")
    RULED = "ruled", _("裁定")
    COVER = "cover", _("職務代理")
    CONTRACT = "contract", _("委託")
    HAND_OVER = "hand_over", _("移交清冊")
    RETURNED = "returned", _("委託結束收回")
    GIVEN_BACK = "given_back", _("接了又退回")


class DutyState(models.TextChoices):
    OPEN = "open", _("待辦")
    DONE = "done", _("完成")
    EXCUSED = "excused", _("免辦")
    VOID = "void", _("失效")


DUTY_TRANSITIONS = {DutyState.OPEN: {DutyState.DONE, DutyState.EXCUSED, DutyState.VOID}}


class OwedBy(models.TextChoices):
    """Whose duty it is. `acting` follows the matter's acting pair; the others stay where they were put."""

    ACTING = "acting", _("承辦")
    WORKER = "worker", _("指定人員")
    DESK = "desk", _("值班台")
    ROLE = "role", _("單位內職務")


class OfferKind(models.TextChoices):
    """Acts that ask. Only these may be declined; an assignment may not."""

    TRANSFER = "transfer", _("移轄")
    REFERRAL = "referral", _("轉介")
    JOINING = "joining", _("協力邀請")
    LEAD = "lead", _("主責交接")
    VISIT_REQUEST = "visit_request", _("協訪")
    TRANSITION = "transition", _("轉銜")


class OfferState(models.TextChoices):
    PENDING = "pending", _("等回覆")
    ACCEPTED = "accepted", _("已接受")
    DECLINED = "declined", _("退回")
    WITHDRAWN = "withdrawn", _("撤回")


OFFER_TRANSITIONS = {OfferState.PENDING: {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WITHDRAWN}}


class AnsweredHow(models.TextChoices):
    """How a receiver answered. Receivers without accounts are answered by proxy."""

    SYSTEM = "system", _("系統內回覆")
    PHONE = "phone", _("電話，代登")
    LETTER = "letter", _("公文，代登")


class DisputeState(models.TextChoices):
    FILED = "filed", _("待裁定")
    RULED = "ruled", _("已裁定")
    WITHDRAWN = "withdrawn", _("撤回")


class ReviewState(models.TextChoices):
    SUBMITTED = "submitted", _("督導審核中")
    APPROVED = "approved", _("核可")
    RETURNED = "returned", _("退回")
    WITHDRAWN = "withdrawn", _("撤回")


class ReviewOf(models.TextChoices):
    """What a supervisor signs."""

    GRADE = "grade", _("分級分類")
    DUPLICATE = "duplicate", _("同事件重複")
    NOT_OPENING = "not_opening", _("不開案")
    OPENING = "opening", _("開案")
    INVESTIGATION = "investigation", _("調查報告")
    ASSESSMENT = "assessment", _("訪視評估報告")
    TRANSFER = "transfer", _("移轄")
    CLOSING = "closing", _("結案")
    PLACEMENT = "placement", _("緊急安置")


REFUSED = frozenset({ReviewState.RETURNED, ReviewState.WITHDRAWN})
"""What was proposed in such a review does not stand."""
REVIEW_TRANSITIONS = {ReviewState.SUBMITTED: {ReviewState.APPROVED, ReviewState.RETURNED, ReviewState.WITHDRAWN}}


class HandOverReason(models.TextChoices):
    """Why a hand-over list was written."""

    LEAVING = "leaving", _("離職")
    MOVING = "moving", _("調動")
    CONTRACT = "contract", _("委託結束")
    STAND_IN = "stand_in", _("督導暫代")


class Ledger(models.TextChoices):
    """Which of the two ledgers."""

    ACCOUNTABLE = "accountable", _("權責")
    ACTING = "acting", _("執行")
