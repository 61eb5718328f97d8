"""Vocabularies of tracked decisions and of what they changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SORT = "policy"
"""Sort of the matters of this room: the follow-up of a sitting (kind meeting) and its decisions (kind decision)."""


class Part(models.TextChoices):
    """What a tracked decision is to the sentence it comes from."""

    MAIN = "main", _("主辦")
    SHARE = "share", _("協辦")
    CONDITION = "condition", _("解除列管的條件")
    ROUND = "round", _("定期再辦")


class Changed(models.TextChoices):
    """What a decision changed: the far end of a line."""

    RULE = "rule", _("規則")
    INSTRUMENT = "instrument", _("量表")
    INDICATOR = "indicator", _("指標")
    COURSE = "course", _("訓練課程")
    POST = "post", _("職位與進用")
    GRANT = "grant", _("補助")
    PAGE = "page", _("系統頁面")


KEPT = frozenset({Changed.RULE, Changed.INSTRUMENT, Changed.INDICATOR, Changed.PAGE})
"""What this product keeps: such a link is refused where it leads nowhere. The others are named in words."""


class DueHow(models.TextChoices):
    """How the minutes put the day."""

    NONE = "", _("紀錄沒有期限")
    DAY = "day", _("紀錄寫明日期")
    MONTH = "month", _("紀錄寫到月份")
    PHRASE = "phrase", _("紀錄寫的是說法")


class HowTold(models.TextChoices):
    """Through what a unit was told of decisions, or said that it has them."""

    SYSTEM = "system", _("系統內")
    PHONE = "phone", _("電話，代登")
    LETTER = "letter", _("公文，代登")
