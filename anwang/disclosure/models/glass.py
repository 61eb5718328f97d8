"""Emergency openings: one family, a few hours, read only; who looked at it afterwards, and who was told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Unit
from anwang.disclosure.states import AlertKind
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter


class Glass(models.Model):
    """緊急調閱: a worker reads one family's files because it cannot wait. Its review is the matter it sits on.

    What it lets him read are grants because of it, under a key that never writes. `spooled`: the record could not be
    written then, and this row came from the sealed spool afterwards.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="+")
    matter_kind = models.CharField(max_length=16, default="break_glass", editable=False)
    reader = models.UUIDField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    county = models.CharField(max_length=5)
    family_id = models.UUIDField(null=True)
    files = ArrayField(models.UUIDField())
    restricted = ArrayField(models.UUIDField(), default=list)
    """Files that named readers alone see (限閱): opened with the safety zone, when a second person agrees."""
    reason = models.CharField(max_length=24)
    words = models.CharField(max_length=500)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    safety_since = models.DateTimeField(null=True)
    """When a second person opened the safety zone too."""
    spooled = models.UUIDField(null=True, unique=True)

    class Privacy:
        plain = (
            "matter", "matter_kind", "reader", "unit", "county", "reason", "at", "recorded_at", "until", "ended_at",
            "safety_since", "spooled",
        )  # fmt: skip
        linked = ("family_id", "files", "restricted")
        sensitive = ("words",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(matter_kind="break_glass"), name="glass_sits_on_its_review"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="glass_ends_later"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(reason=""), name="glass_says_why"),
            models.CheckConstraint(
                condition=Q(files__len__gt=0) | Q(restricted__len__gt=0), name="glass_opens_something"
            ),
            models.UniqueConstraint(fields=["matter", "reader"], name="glass_with_its_reader"),
        ]
        indexes = [models.Index(fields=["reader", "at"], name="openings_of_reader")]


class SecondPerson(models.Model):
    """兩人同意: somebody else opens the safety zone of an emergency opening, now or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    glass = models.ForeignKey(Glass, models.PROTECT, related_name="+")
    reader = models.UUIDField()
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    declared_unrelated = models.BooleanField(default=False)

    class Privacy:
        plain = ("id", "glass", "reader", "asked_at", "until", "agreed_by", "agreed_at", "declared_unrelated")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__lt=F("until"), declared_unrelated=True)
                & ~Q(agreed_by=F("reader")),
                name="second_person_is_another",
            ),
            models.UniqueConstraint(
                fields=["glass"], condition=Q(agreed_by__isnull=False), name="second_person_once_a_glass"
            ),
        ]


class GlassReview(models.Model):
    """覆核: what somebody who is not the reader makes of an emergency opening. Written once."""

    glass = models.OneToOneField(Glass, models.PROTECT, primary_key=True, related_name="+")
    reader = models.UUIDField()
    outcome = models.CharField(max_length=24)
    words = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = ("glass", "reader", "outcome", "by", "at")
        sensitive = ("words",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(by=F("reader")), name="nobody_reviews_his_own_opening")]


class Alert(models.Model):
    """示警: a number and an instant, for whoever must know that something happened. Never whose, never who."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=AlertKind.choices)
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_role = models.CharField(max_length=24)
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "number", "kind", "to_unit", "to_role", "raised_at", "seen_at", "seen_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind_known"),
            models.UniqueConstraint(fields=["number", "to_unit", "to_role"], name="alert_once_a_post"),
        ]
        indexes = [models.Index(fields=["to_unit", "to_role", "raised_at"], name="alerts_of_post")]
