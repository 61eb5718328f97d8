"""Vocabularies of the room; codes with a source live in `policy/codelists/placements.yaml`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Takes(models.TextChoices):
    """Whom a place takes in."""

    ANYBODY = "anybody", _("不分性別")
    FEMALE = "female", _("只收女性")
    MALE = "male", _("只收男性")


class Room(models.TextChoices):
    """How a place stands on a day, for lists. A secret place says no more than this."""

    FREE = "free", _("有空位")
    FULL = "full", _("沒有空位")
    CLOSED = "closed", _("暫停收住")
