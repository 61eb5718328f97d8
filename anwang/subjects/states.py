"""Vocabularies of requests, copies and erasure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Asks(models.TextChoices):
    """What a data subject may ask for (個人資料保護法第3條)."""

    COPY = "copy", _("查詢、閱覽或複製本")
    CORRECT = "correct", _("更正")
    SUPPLEMENT = "supplement", _("補充")
    STOP = "stop", _("停止處理或利用")
    DELETE = "delete", _("刪除")


class AskerRole(models.TextChoices):
    SELF = "self", _("本人")
    GUARDIAN = "guardian", _("法定代理人")
    AGENT = "agent", _("受委任的人")


class RequestState(models.TextChoices):
    TAKEN = "taken", _("已收件")
    WRITTEN = "written", _("答復已擬，等第二人看")
    APPROVED = "approved", _("第二人看過，可以交付")
    ANSWERED = "answered", _("已答復")
    WITHDRAWN = "withdrawn", _("已撤回")


TRANSITIONS = {
    RequestState.TAKEN: {RequestState.WRITTEN, RequestState.WITHDRAWN},
    RequestState.WRITTEN: {RequestState.TAKEN, RequestState.WRITTEN, RequestState.APPROVED, RequestState.WITHDRAWN},
    RequestState.APPROVED: {RequestState.ANSWERED, RequestState.WITHDRAWN},
}


class Outcome(models.TextChoices):
    """What was decided on a correction, a supplement, a stop or a deletion."""

    GRANTED = "granted", _("准許")
    DISPUTED = "disputed", _("有爭執，加註")
    REFUSED = "refused", _("不予准許")


class Verdict(models.TextChoices):
    """Of the second person."""

    APPROVED = "approved", _("可以交付")
    SENT_BACK = "sent_back", _("退回重寫")


class Handed(models.TextChoices):
    """How the answer reached him."""

    IN_PERSON = "in_person", _("當面交付")
    REGISTERED_POST = "post", _("雙掛號寄到他指定的地址")


class DueClass(models.TextChoices):
    """By which clock a record's time ran out."""

    RECORD = "record", _("結案滿七年")
    MINOR = "minor", _("成年後滿七年")
    REPORT = "report", _("未成案通報滿七年")
