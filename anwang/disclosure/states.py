"""Vocabularies of looking across agencies and of emergency openings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """How far one answer may be followed; `closed` is never written down, since nothing was answered."""

    FLAG = "flag", _("只給註記")
    CONTACT = "contact", _("可到聯繫窗口")
    DETAIL = "detail", _("可請求內容")


class StepState(models.TextChoices):
    """Whom to ring: asked for, told, or not."""

    ASKED = "asked", _("等督導確認")
    GIVEN = "given", _("已提供")
    REFUSED = "refused", _("未提供")


STEP_TRANSITIONS = {StepState.ASKED: {StepState.GIVEN, StepState.REFUSED}}


class RequestState(models.TextChoices):
    """Where a request for contents stands. Whether its term has run out is worked out, never stored."""

    ASKED = "asked", _("等對方核可")
    GRANTED = "granted", _("已核可")
    PARTLY = "partly", _("部分核可")
    REFUSED = "refused", _("未核可")
    WITHDRAWN = "withdrawn", _("已撤回")


REQUEST_TRANSITIONS = {
    RequestState.ASKED: {RequestState.GRANTED, RequestState.PARTLY, RequestState.REFUSED, RequestState.WITHDRAWN},
    RequestState.GRANTED: {RequestState.WITHDRAWN},
    RequestState.PARTLY: {RequestState.WITHDRAWN},
}
STANDS = frozenset({RequestState.GRANTED, RequestState.PARTLY})


class AlertKind(models.TextChoices):
    """What an alert without names is about."""

    GLASS = "glass", _("緊急調閱")
    BULK = "bulk", _("大量查詢")
