"""Notices that somebody comes home: from prison, court, hospital; one for each file where somebody must be told."""

from django.db import models
from django.db.models import Q, Value

from anwang.cases.models.derived import Derived
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.referrals.states import AsWhat


class ReleaseNotice(models.Model):
    """返家通知. Shares the key of its matter, which whoever works for her holds. Says nothing of any other file.

    `told` ties the notices that one message gave rise to; nobody but their own holders reads them.
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(expression=Value("notice"), output_field=models.CharField(max_length=16), db_persist=True)
    told = models.UUIDField()
    case = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    as_what = models.CharField(max_length=8, choices=AsWhat.choices)
    source = models.CharField(max_length=16)
    """Code of `release.sources`."""
    from_whom = models.CharField(max_length=80)
    number = models.CharField(max_length=60, blank=True)
    who = models.CharField(max_length=60)
    """Who comes home, as received."""
    who_key = models.CharField(max_length=60, blank=True)
    """The name folded (`foundation.names.search_key`), to know the same coming home told over another door."""
    born = models.CharField(max_length=20, blank=True)
    home_at = models.DateTimeField(null=True)
    """When he will be home, at the earliest; empty: not said, or out already."""
    received_at = models.DateTimeField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The notice of the same coming home that was answered before its day changed."""
    result = models.CharField(max_length=24, blank=True)
    """Code of `release.calls` with which it ended."""
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter_kind", "told", "case", "as_what", "source", "from_whom", "number", "home_at", "received_at",
            "follows", "result", "by", "recorded_at",
        )  # fmt: skip
        personal = ("who", "who_key", "born")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(as_what__in=AsWhat.values), name="release_as_what_known"),
            models.UniqueConstraint(fields=["told", "case"], name="one_notice_for_a_file"),
        ]


class ReleaseCall(models.Model):
    """通知紀錄: a call to her about his coming home: when, with which result. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    notice = models.ForeignKey(ReleaseNotice, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    result = models.CharField(max_length=24)
    words = models.CharField(max_length=500, blank=True)
    plan_gone_through = models.BooleanField(default=False)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "notice", "at", "result", "plan_gone_through", "by", "recorded_at")
        sensitive = ("words",)

    class Meta:
        indexes = [models.Index(fields=["notice", "at"], name="calls_of_notice")]


class ReleaseChange(models.Model):
    """日期的消息: a further word on one coming home: which day it was, which it is now. Only grows.

    Without a source it was heard inside, and says no more than the day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    notice = models.ForeignKey(ReleaseNotice, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was_home_at = models.DateTimeField(null=True)
    home_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When she had been told of the former day."""
    source = models.CharField(max_length=16, blank=True)
    from_whom = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=60, blank=True)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "notice", "at", "was_home_at", "home_at", "told_at", "source", "from_whom", "number", "by",
            "recorded_at",
        )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["notice", "recorded_at"], name="days_of_notice")]
