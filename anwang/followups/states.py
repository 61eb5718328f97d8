"""How a course of contacts goes on, and how each of its windows came out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Because(models.TextChoices):
    """Why a stretch of a course begins."""

    BEGUN = "begun", _("開始")
    LEVEL = "level", _("改變級別")
    RULE = "rule", _("規定改變")


class Came(models.TextChoices):
    """How a window came out. `short` is not made up for: it asks why, and blocks nothing."""

    OPEN = "open", _("進行中")
    MET = "met", _("達成")
    EFFORT = "effort", _("有努力，視同達成")
    SHORT = "short", _("次數不足")
    CUT = "cut", _("期程改變，提前結束")


SETTLED = frozenset({Came.MET, Came.EFFORT, Came.CUT})
BY_HAND = "by_hand"
"""A course that no event began."""
