"""Acts that move responsibility or ask for it: assignment, alarm, offer."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from anwang.directory.models import Desk, Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.states import AnsweredHow, How, OfferKind, OfferState
from anwang.people.models import Person

from .matter import Matter


class Assignment(models.Model):
    """指派／改派／值班交接: responsibility moved at `effective_at`; the receiver signs, and cannot decline."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    how = models.CharField(max_length=16, choices=How.choices)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    to_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)
    """Effective time of the signature; `signed_recorded_at` is when it was keyed."""
    signed_recorded_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)
    """Set when a later hand-over made the signature needless."""
    rises_at = models.DateTimeField(null=True)
    """Until when the job of alarms need not look again: the next step is reached then. Empty: nobody looked yet."""
    unsigned_of = models.GeneratedField(
        expression=Case(When(signed_at__isnull=True, superseded_at__isnull=True, then=F("matter"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = (
            "id",
            "matter",
            "how",
            "from_unit",
            "from_worker",
            "to_unit",
            "to_worker",
            "to_desk",
            "effective_at",
            "recorded_at",
            "by",
            "signed_at",
            "signed_recorded_at",
            "signed_by",
            "superseded_at",
            "rises_at",
            "unsigned_of",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_recorded_at__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, signed_recorded_at__isnull=False),
                name="signature_is_whole",
            ),
            models.UniqueConstraint(
                fields=["unsigned_of"],
                condition=Q(unsigned_of__isnull=False),
                name="one_unsigned_assignment_per_matter",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_unit", "effective_at"],
                condition=Q(signed_at__isnull=True, superseded_at__isnull=True),
                name="unsigned_at_unit_by_age",
            ),
            models.Index(
                Coalesce("rises_at", "effective_at"),
                condition=Q(signed_at__isnull=True, superseded_at__isnull=True),
                name="unsigned_that_rise",
            ),
            models.Index(
                fields=["to_worker"],
                condition=Q(signed_at__isnull=True, superseded_at__isnull=True),
                name="unsigned_of_worker",
            ),
            models.Index(fields=["matter", "recorded_at"], name="assignments_of_matter"),
        ]


class Escalation(models.Model):
    """An alarm that climbed one step of the real tree: written once per step, so "who was told" is a fact."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    """Empty for what concerns a desk: a shift not taken over, a gap in the roster."""
    about = models.CharField(max_length=16)
    """`assignment`, `offer`, `dispute`, `shift` or `gap`."""
    about_id = models.UUIDField()
    step = models.PositiveSmallIntegerField()
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_role = models.CharField(max_length=24)
    to_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id",
            "matter",
            "about",
            "about_id",
            "step",
            "to_unit",
            "to_role",
            "to_desk",
            "raised_at",
            "seen_at",
            "seen_by",
        )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about_id", "step"], name="one_alarm_per_step")]
        indexes = [models.Index(fields=["to_unit"], condition=Q(seen_at__isnull=True), name="unseen_alarms_of_unit")]


class Offer(models.Model):
    """移轄、轉介、協力、主責、協訪、轉銜: asks; may be declined with a reason. Silence leaves it with the sender."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=OfferKind.choices)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    """Code of the issue (協力事項) or of the task asked for."""
    sent_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    answer_due_at = models.DateTimeField()
    effective_on = models.DateField(null=True)
    """轉銜: accepted before, takes effect on the day."""
    state = models.CharField(max_length=12, choices=OfferState.choices, default=OfferState.PENDING)
    answered_at = models.DateTimeField(null=True)
    answered_recorded_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_how = models.CharField(max_length=8, choices=AnsweredHow.choices, blank=True)
    answered_name = models.CharField(max_length=60, blank=True)
    """Who at the receiver answered, when entered by proxy: an official's name, not a client's."""
    answered_ref = models.CharField(max_length=60, blank=True)
    """公文文號 or the number called."""
    reason = models.CharField(max_length=40, blank=True)
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    """Who at the receiver took it on, when a worker was named."""
    until = models.DateTimeField(null=True)
    """協力期間: until when a joining was asked for; reading ends then even if nobody does anything."""
    ended_at = models.DateTimeField(null=True)
    """協力 ended earlier, or 轉銜 was carried out."""
    ended_because = models.CharField(max_length=40, blank=True)
    rises_at = models.DateTimeField(null=True)
    """As of an assignment: until when the job of alarms need not look again."""
    pending_of = models.GeneratedField(
        expression=Case(When(state=Value("pending"), then=F("matter"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )
    pending_to = models.GeneratedField(
        expression=Case(When(state=Value("pending"), then=F("to_unit"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = (
            "id",
            "matter",
            "kind",
            "from_unit",
            "to_unit",
            "topic",
            "sent_at",
            "recorded_at",
            "by",
            "answer_due_at",
            "effective_on",
            "state",
            "answered_at",
            "answered_recorded_at",
            "answered_by",
            "answered_how",
            "answered_name",
            "answered_ref",
            "reason",
            "worker",
            "until",
            "ended_at",
            "ended_because",
            "rises_at",
            "pending_of",
            "pending_to",
        )
        linked = ("subject",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="offer_goes_to_another_unit"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"])
                | (Q(answered_at__isnull=False) & Q(answered_recorded_at__isnull=False) & ~Q(answered_how="")),
                name="answered_offer_says_when_and_how",
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="declined_offer_says_why"),
            models.CheckConstraint(
                condition=~Q(answered_how__in=["phone", "letter"]) | ~Q(answered_name=""),
                name="proxy_answer_names_who_answered",
            ),
            models.UniqueConstraint(
                fields=["pending_of", "to_unit", "kind"],
                condition=Q(state="pending"),
                name="one_pending_offer_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["pending_of"],
                condition=Q(state="pending", kind__in=["transfer", "lead"]),
                name="one_pending_transfer_per_matter",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_unit", "answer_due_at"],
                condition=Q(state="pending"),
                name="pending_offers_to_unit",
            ),
            models.Index(
                fields=["from_unit", "answer_due_at"],
                condition=Q(state="pending"),
                name="pending_offers_of_unit",
            ),
            models.Index(
                Coalesce("rises_at", "answer_due_at"), condition=Q(state="pending"), name="pending_offers_that_rise"
            ),
            models.Index(fields=["matter", "recorded_at"], name="offers_of_matter"),
            models.Index(
                fields=["from_unit", "answered_recorded_at"],
                condition=Q(answered_recorded_at__isnull=False),
                name="answers_to_unit",
            ),
        ]


class OfferWords(models.Model):
    """What was written to the receiver with an offer. May speak of persons, hence apart."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    text = models.TextField()
    written_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "offer", "matter", "written_by", "recorded_at")
        sensitive = ("text",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer"], name="one_letter_with_an_offer")]
