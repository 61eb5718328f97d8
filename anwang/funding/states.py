"""Vocabularies of the room; codes with a source live in `policy/codelists/money.yaml`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Premises(models.TextChoices):
    """Whether a centre that a grant pays for has premises."""

    YES = "yes", _("有場地")
    NO = "no", _("沒有場地")
    UNKNOWN = "unknown", _("還不知道")
    NOT_ASKED = "", _("不問場地")


class TierStatus(models.TextChoices):
    """How well a registered tier is known."""

    PUBLISHED = "published", _("已公布")
    DERIVED = "derived", _("推得")


class Bears(models.TextChoices):
    """Who bears a kind of grant (mark of `grant.kind`)."""

    SHARED = "shared", _("依財力級次分攤")
    CENTRAL = "central", _("全由中央")
    LOCAL = "local", _("全由地方")


class Standing(models.TextChoices):
    """How a quarter of a grant stands on a day."""

    DONE = "done", _("已填報")
    NOT_YET = "not_yet", _("還沒到")
    DUE = "due", _("要填報")
    LATE = "late", _("逾期未報")


QUARTERS = (1, 2, 3, 4)
"""The quarters of a fiscal year, which is the calendar year."""
