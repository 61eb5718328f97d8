"""Bodies that meet, and the series of their sittings."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.states import Level


class Body(models.Model):
    """A body (會議體): 專案會議, 委員會, 聯繫會議. Its keeper is the unit that drafts or files its minutes here.

    The body itself need be no unit of the directory: a committee of the legislature is kept by the unit that reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=Level.choices)
    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "name", "level", "keeper", "made_at", "by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keeper", "name"], name="body_once_for_a_keeper"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="body_level_known"),
            models.CheckConstraint(condition=~Q(name=""), name="body_has_a_name"),
        ]


class Series(models.Model):
    """Sittings of a body that are counted together. `title` is how a sitting is called, with {n} for its number."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    every_months = models.PositiveSmallIntegerField(null=True)
    """How often it meets; None where it meets when needed."""
    made_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "body", "title", "every_months", "made_at", "by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "title"], name="series_once_in_a_body"),
            models.CheckConstraint(condition=~Q(title=""), name="series_has_a_title"),
        ]
