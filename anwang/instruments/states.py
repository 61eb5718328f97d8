"""Words of filled forms: where a result comes from, whether it applies, which way a person differed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Whether the answers are here, or only the result somebody told."""

    ANSWERED = "answered", _("逐項填寫")
    REPORTED = "reported", _("依回報")


class Applies(models.TextChoices):
    """Whether the form was made for this person (適用性)."""

    YES = "yes", _("適用")
    NO = "no", _("不適用，僅供參考")
    UNKNOWN = "unknown", _("適用與否不明")


class Direction(models.TextChoices):
    """How a person's value stands to the system's."""

    AGREED = "agreed", _("與系統相同")
    UP = "up", _("調高")
    DOWN = "down", _("調低")
    DECIDED = "decided", _("系統未定，由人決定")
    FREE = "free", _("系統沒有值")


DIFFERENT = (Direction.UP, Direction.DOWN)
"""Directions in which person and system disagree."""
