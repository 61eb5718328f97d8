"""Where people decide about a matter: dispute and ruling, review by a supervisor."""

from django.db import models
from django.db.models import Case, F, Q, Value, When

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.matters.states import DisputeState, ReviewOf, ReviewState
from anwang.people.models import Person

from .matter import Matter


class Dispute(models.Model):
    """派案爭議: who says "not ours" and why, who rules, until when. Whoever holds the matter keeps acting."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    filed_by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    claimed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """The unit the filer says should answer; empty when he does not know."""
    arbiter = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The first common superior on the real tree."""
    filed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ruling_due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DisputeState.choices, default=DisputeState.FILED)
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.UUIDField(null=True)
    ruled_name = models.CharField(max_length=60, blank=True)
    ruled_ref = models.CharField(max_length=60, blank=True)
    ruled_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40)
    """Code of what is disputed, so that rulings can be searched as precedents without names."""
    filed_of = models.GeneratedField(
        expression=Case(When(state=Value("filed"), then=F("matter"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = (
            "id",
            "matter",
            "filed_by_unit",
            "claimed_unit",
            "arbiter",
            "filed_at",
            "recorded_at",
            "by",
            "ruling_due_at",
            "state",
            "ruled_at",
            "ruled_by",
            "ruled_name",
            "ruled_ref",
            "ruled_unit",
            "topic",
            "filed_of",
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filed_of", "filed_by_unit"],
                condition=Q(state="filed"),
                name="one_dispute_per_matter_and_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state="ruled") | (Q(ruled_at__isnull=False) & Q(ruled_unit__isnull=False)),
                name="ruling_names_a_unit",
            ),
        ]
        indexes = [models.Index(fields=["arbiter"], condition=Q(state="filed"), name="open_disputes_of_arbiter")]


class DisputeStatement(models.Model):
    """What a side or the arbiter wrote. Apart from the kernel row because it may speak of persons."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=[("claim", "claim"), ("answer", "answer"), ("ruling", "ruling")])
    text = models.TextField()
    written_by = models.UUIDField()
    written_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "dispute", "matter", "part", "written_by", "written_unit", "recorded_at")
        sensitive = ("text",)


class Precedent(models.Model):
    """A ruling in words without persons (裁定要旨), searchable by every unit of the county."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="+")
    county = models.CharField(max_length=5)
    topic = models.CharField(max_length=40)
    principle = models.CharField(max_length=300)
    ruled_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "dispute", "county", "topic", "principle", "ruled_on", "recorded_at")


class Review(models.Model):
    """送審／退回／核可／代理核. Responsibility stays with the worker's unit meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    of = models.CharField(max_length=16, choices=ReviewOf.choices)
    about_id = models.UUIDField(null=True)
    """The decision, report or placement under review."""
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Whom it decides about, where it is one of several people of the matter."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    submitted_by = models.UUIDField()
    submitted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.SUBMITTED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    """Effective: the phone call at night; `decided_recorded_at` is the written morning."""
    decided_recorded_at = models.DateTimeField(null=True)
    is_deputy = models.BooleanField(default=False)
    by_phone = models.BooleanField(default=False)
    keyed_by = models.UUIDField(null=True)
    """Who wrote down the supervisor's word, when not the supervisor (a duty worker at night)."""
    written_at = models.DateTimeField(null=True)
    """When the supervisor confirmed in writing what had been approved by phone."""
    submitted_of = models.GeneratedField(
        expression=Case(When(state=Value("submitted"), then=F("matter"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = (
            "id",
            "matter",
            "of",
            "about_id",
            "unit",
            "submitted_by",
            "submitted_at",
            "recorded_at",
            "state",
            "decided_by",
            "decided_at",
            "decided_recorded_at",
            "is_deputy",
            "by_phone",
            "keyed_by",
            "written_at",
            "submitted_of",
        )
        linked = ("subject",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned"])
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False) & Q(decided_recorded_at__isnull=False)),
                name="decided_review_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="nobody_reviews_himself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "submitted_at"],
                condition=Q(state="submitted"),
                name="reviews_waiting_at_unit",
            ),
            models.Index(
                fields=["decided_by"],
                condition=Q(by_phone=True, written_at__isnull=True),
                name="reviews_to_be_written_down",
            ),
            models.Index(fields=["matter", "recorded_at"], name="reviews_of_matter"),
        ]


class ReviewWords(models.Model):
    """What was written with a submission, a return or an approval. May speak of persons, hence apart."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    text = models.TextField()
    written_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "review", "matter", "written_by", "recorded_at")
        sensitive = ("text",)
