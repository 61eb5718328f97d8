"""An emergency of somebody (perhaps) ill: where he is acts; and the form of his escort to hospital."""

from django.db import models
from django.db.models import F, Q

from anwang.care.states import Danger
from anwang.directory.models import Jurisdiction
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person


class Emergency(models.Model):
    """緊急處置 in the county where somebody is. Lies on a case of that county; who follows is told and takes over."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    """Of presence: which authority acted."""
    found_by = models.CharField(max_length=12)
    place = models.CharField(max_length=120)
    what = models.TextField()
    danger = models.CharField(max_length=8, choices=Danger.choices)
    received_at = models.DateTimeField()
    known = models.CharField(max_length=8, blank=True)
    """Code of `emergency.known`: what was answered to whoever found him."""
    known_at = models.DateTimeField(null=True)
    on_scene = models.CharField(max_length=16, blank=True)
    done = models.CharField(max_length=16, blank=True)
    """Code of `emergency.done`."""
    done_at = models.DateTimeField(null=True)
    registered = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    """County of registration; empty while it is not known, and then we follow ourselves."""
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=120, blank=True)
    followed_at = models.DateTimeField(null=True)
    """Since when somebody else follows. Empty: whoever holds this case does."""
    followed_by = models.CharField(max_length=60, blank=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id",
            "matter",
            "county",
            "received_at",
            "known_at",
            "done_at",
            "told_at",
            "followed_at",
            "by",
            "recorded_at",
        )
        linked = ("person",)
        personal = ("place", "registered", "told_how", "followed_by")
        sensitive = ("found_by", "what", "danger", "known", "on_scene", "done")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(danger__in=Danger.values), name="danger_of_emergency_known"),
            models.CheckConstraint(
                condition=Q(done="", done_at__isnull=True)
                | (~Q(done="") & ~Q(on_scene="") & Q(done_at__isnull=False, done_at__gte=F("received_at"))),
                name="settled_emergency_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(known="", known_at__isnull=True) | (~Q(known="") & Q(known_at__isnull=False)),
                name="answer_about_a_patient_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(followed_at__isnull=True, followed_by="") | (Q(done_at__isnull=False) & ~Q(followed_by="")),
                name="followed_after_it_was_settled",
            ),
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(done_at__isnull=True), name="one_open_emergency_of_a_case"
            ),
        ]
        indexes = [models.Index(fields=["matter", "received_at"], name="emergencies_of_case")]


class Escort(models.Model):
    """護送就醫單: who took him where, how, with what. Only grows: a corrected form is a further row."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    hospital = models.CharField(max_length=60)
    escorted_by = models.CharField(max_length=120)
    left_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    received_by = models.CharField(max_length=60)
    """Post of whoever took him over at the hospital."""
    condition = models.TextField()
    restrained = models.CharField(max_length=8)
    restraint_words = models.CharField(max_length=200, blank=True)
    searched = models.CharField(max_length=8)
    """Whether his body or things were looked through (§48 V)."""
    belongings = models.CharField(max_length=200, blank=True)
    injured = models.CharField(max_length=8)
    told_why = models.CharField(max_length=8)
    """Whether he was told why."""
    family_told = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "emergency", "matter", "at", "by", "recorded_at")
        sensitive = (
            "hospital", "escorted_by", "left_at", "arrived_at", "received_by", "condition", "restrained",
            "restraint_words", "searched", "belongings", "injured", "told_why", "family_told",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(arrived_at__gte=F("left_at")), name="arrived_after_leaving"),
            models.CheckConstraint(
                condition=~Q(restrained="yes") | ~Q(restraint_words=""), name="restraint_is_described"
            ),
        ]
        indexes = [models.Index(fields=["emergency", "recorded_at"], name="escorts_of_emergency")]
