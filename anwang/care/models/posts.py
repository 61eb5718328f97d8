"""Posts of the mental health services and who is in them."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7


class Post(models.Model):
    """員額: one approved post of a unit for one service. Nobody in it: 出缺."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    service = models.CharField(max_length=16)
    """Code of `care.service`."""
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "unit", "service", "since_on", "until_on", "recorded_at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="care_post_ends_after_it_began",
            )
        ]
        indexes = [models.Index(fields=["unit", "service"], name="care_posts_of_unit")]


class Filling(models.Model):
    """Who is in a post from … to …; one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "post", "worker", "since_on", "until_on", "recorded_at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="care_filling_ends_after_it_began",
            ),
            models.UniqueConstraint(fields=["post"], condition=Q(until_on__isnull=True), name="one_in_a_care_post"),
            models.UniqueConstraint(fields=["worker"], condition=Q(until_on__isnull=True), name="one_care_post_each"),
        ]
