"""Vocabularies of protection orders and shields that are no codes of law."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What happened to an order."""

    REGISTERED = "registered", _("登錄")
    SERVED = "served", _("送達相對人")
    CHANGED = "changed", _("法院變更")
    ASKED = "asked", _("聲請延長")
    EXTENDED = "extended", _("法院准許延長")
    NOT_EXTENDED = "not_extended", _("法院駁回延長")
    NOT_ASKED = "not_asked", _("決定不聲請延長")
    SAFETY_PLAN = "safety_plan", _("訂了安全計畫")
    ENDED = "ended", _("失效")


class Standing(models.TextChoices):
    """Whether an order is in force, worked out for a day."""

    NOT_YET = "not_yet", _("還沒核發")
    IN_FORCE = "in_force", _("在效")
    PENDING = "pending", _("期滿，聲請延長中仍有效")
    OVER = "over", _("已失效")


class PlaceWhat(models.TextChoices):
    """What kind of place a shield covers."""

    ADDRESS = "address", _("住處")
    PHONE = "phone", _("電話")
    SCHOOL = "school", _("學校")
    WORK = "work", _("工作地點")
    COUNTY = "county", _("後續服務的縣市")
