"""What the look through a day's readings found."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7


class Night(models.Model):
    """One day looked through: every reading is in exactly one of explained and unexplained, and the sums say so."""

    day = models.DateField(primary_key=True)
    readings = models.IntegerField()
    explained = models.IntegerField()
    unexplained = models.IntegerField()
    milliseconds = models.IntegerField()
    looked_at = models.DateTimeField()

    class Privacy:
        plain = ("day", "readings", "explained", "unexplained", "milliseconds", "looked_at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(readings=F("explained") + F("unexplained")), name="every_reading_is_one_or_the_other"
            )
        ]


class Ground(models.Model):
    """How many readings of a day in a county one relation explained; `ground` is empty for the unexplained."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    county = models.CharField(max_length=5, blank=True)
    """Of the reader's unit at that time; empty when he had none."""
    ground = models.CharField(max_length=16, blank=True)
    readings = models.IntegerField()

    class Privacy:
        plain = ("id", "day", "county", "ground", "readings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "county", "ground"], name="ground_counted_once")]


class Unexplained(models.Model):
    """One reading that no relation explained, with the signs found. Explained ones are counted, not kept again."""

    reading_id = models.UUIDField(primary_key=True, default=uuid7)
    day = models.DateField()
    at = models.DateTimeField()
    worker_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    county = models.CharField(max_length=5, blank=True)
    file_id = models.UUIDField()
    zone = models.CharField(max_length=12)
    what = models.CharField(max_length=60)
    signs = ArrayField(models.CharField(max_length=24), default=list)
    score = models.IntegerField(default=0)

    class Privacy:
        plain = ("reading_id", "day", "at", "worker_id", "unit_id", "county", "zone", "what", "signs", "score")
        linked = ("file_id",)

    class Meta:
        indexes = [models.Index(fields=["worker_id", "day"], name="unexplained_of_worker")]


class Age(models.Model):
    """How old a line may be that is still read where one file is a desk's whole log: days, as the rules of the day."""

    what = models.CharField(primary_key=True, max_length=8)
    """`call` or `sheet`."""
    days = models.PositiveSmallIntegerField()

    class Privacy:
        plain = ("what", "days")
