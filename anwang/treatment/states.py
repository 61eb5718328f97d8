"""Vocabularies of the room; codes with a source live in `policy/codelists/treatment.yaml`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Came(models.TextChoices):
    """Whether he came to an appointment."""

    UNKNOWN = "unknown", _("還沒登錄")
    YES = "yes", _("出席")
    NO = "no", _("缺席")
    EXCUSED = "excused", _("請假")


class Progress(models.TextChoices):
    """How far a programme is; worked out, never stored. All that her side may learn of it besides attendance."""

    NOT_BEGUN = "not_begun", _("還沒開始")
    GOING_ON = "going_on", _("進行中")
    STAYED_AWAY = "stayed_away", _("未依計畫，主管機關處理中")
    COMPLETED = "completed", _("完成")
    NOT_COMPLETED = "not_completed", _("未完成")
