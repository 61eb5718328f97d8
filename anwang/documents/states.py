"""Vocabularies of the register of papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    IN = "in", _("收文")
    OUT = "out", _("發文")


class PaperState(models.TextChoices):
    """Of a paper going out: draft, numbered, sent. One that came in is received. Void keeps its number."""

    DRAFT = "draft", _("草稿")
    NUMBERED = "numbered", _("已取號")
    SENT = "sent", _("已發出")
    RECEIVED = "received", _("已收")
    VOID = "void", _("作廢")


TRANSITIONS = {
    PaperState.DRAFT: {PaperState.NUMBERED, PaperState.VOID},
    PaperState.NUMBERED: {PaperState.SENT, PaperState.VOID},
}


class PaperKind(models.TextChoices):
    TRANSFER = "transfer", _("移轄函")
    VISIT = "visit", _("協訪函")
    REPLY = "reply", _("復函")
    NOTICE = "notice", _("通知")
    REPORT = "report", _("通報表")
    COURT = "court", _("法院、檢察署來文")
    ENCLOSED = "enclosed", _("計畫、報告、紀錄")
    OTHER = "other", _("其他")


LETTERS = (PaperKind.TRANSFER, PaperKind.VISIT)
"""Kinds the product writes; the others are registered."""


class Addressee(models.TextChoices):
    UNIT = "unit", _("機關或單位")
    PERSON = "person", _("個人")


class Secrecy(models.TextChoices):
    """密等 as 文書處理手冊 has it, as far as an office of a county uses it."""

    PLAIN = "plain", _("普通")
    CONFIDENTIAL = "confidential", _("密")
    SECRET = "secret", _("機密")


class Way(models.TextChoices):
    """How a paper travelled."""

    ELECTRONIC = "electronic", _("電子交換")
    POST = "post", _("郵寄")
    BY_HAND = "by_hand", _("親送")
    FAX = "fax", _("傳真")


class SheetKind(models.TextChoices):
    """Kinds of sheets that an office may give a look of its own. `print_sheet(what=…)` names them."""

    PAPER = "paper", _("函與通知")
    VISIT = "visit", _("訪視紀錄")
    REFERRAL = "referral", _("轉介單")
    PLAN = "plan", _("家庭服務計畫")
    MINUTES = "minutes", _("會議紀錄")
    EVALUATION = "evaluation", _("評估報告")
    SUMMARY = "summary", _("個案彙總報告")


class TemplateState(models.TextChoices):
    """A template is tried, used, and one day replaced or taken out of use."""

    TRIED = "tried", _("試用中")
    USED = "used", _("使用中")
    ENDED = "ended", _("停用")
