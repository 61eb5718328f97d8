"""Vocabularies of uploading to the central database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What came of one attempt to put a report or case into the central database."""

    UPLOADED = "uploaded", _("已上傳")
    FAILED = "failed", _("沒有成功")


class Way(models.TextChoices):
    """How it got there."""

    TYPED = "typed", _("人工鍵入")
    BATCH = "batch", _("批次檔")
    INTERFACE = "interface", _("系統介接")


class Failure(models.TextChoices):
    """Why it did not get there."""

    AWAY = "away", _("中央系統連不上")
    REFUSED = "refused", _("欄位被退回")
    DOUBLE = "double", _("中央已有重複資料")
    INCOMPLETE = "incomplete", _("資料還不齊")


class Standing(models.TextChoices):
    """Where a report or case stands; worked out, never stored."""

    WAITING = "waiting", _("還沒上傳")
    FAILED = "failed", _("沒成功，待重送")
    CHANGED = "changed", _("上傳後有變更")
    DONE = "done", _("已上傳")
