"""Vocabularies of a plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anwang.access.states import Zone


class LineKind(models.TextChoices):
    WORDS = "words", _("家人的話")
    NEED = "need", _("需求")
    STRENGTH = "strength", _("優勢")
    GOAL = "goal", _("目標")
    ACTION = "action", _("行動")


class Owner(models.TextChoices):
    """Who does what was agreed."""

    FAMILY = "family", _("家人")
    WORKER = "worker", _("承辦單位的工作人員")
    UNIT = "unit", _("協力單位")
    COMMUNITY = "community", _("社區或其他的人")


class Progress(models.TextChoices):
    BEGUN = "begun", _("開始做了")
    DONE = "done", _("做到了")
    PARTLY = "partly", _("做到一部分")
    NOT_DONE = "not_done", _("還沒做到")


class Reader(models.TextChoices):
    """To whom a line may be handed on paper. None ticked: it stays with the team."""

    FAMILY = "family", _("家人")
    PARTNER = "partner", _("協力單位")
    COURT = "court", _("法院")


class WithFamily(models.TextChoices):
    """Whether the family had its say about this version."""

    YES = "yes", _("一起訂的")
    PARTLY = "partly", _("只和部分家人談過")
    NO = "no", _("還沒談")
    UNKNOWN = "unknown", _("不詳")


ZONES = (Zone.WORK, Zone.CASE, Zone.SPECIAL)
"""Where a line may lie. A plan holds no place of hiding: there is no safety zone in it."""
SETTLED = (Progress.DONE,)
PLANNED = ("case", "coordination")
"""Kinds of matter that carry a plan: a case, or the coordination of a family that several units serve."""
