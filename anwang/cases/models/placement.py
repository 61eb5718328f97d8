"""Placement of one person, the minutes that do not count in its limit, and notices to others."""

from django.db import models
from django.db.models import F, Q, Value

from anwang.cases.states import NoticeWay
from anwang.documents.models import Paper
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person

from .derived import Derived


class Placement(models.Model):
    """安置: a matter of its own. The place is a kind here; its address is only `people.SafetyAddress`.

    `case` is the file through which it is read. The limit is a duty of the matter (72 h with excluded minutes).
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(expression=Value("placement"), output_field=models.CharField(max_length=16), db_persist=True)
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    """Code of `placement.kind`."""
    basis = models.CharField(max_length=80)
    """Code of `placement.basis`."""
    is_emergency = models.BooleanField()
    placed_at = models.DateTimeField()
    consent_by = models.UUIDField(null=True)
    consent_name = models.CharField(max_length=60, blank=True)
    consent_at = models.DateTimeField(null=True)
    consent_by_phone = models.BooleanField(default=False)
    prosecution = models.CharField(max_length=8, default="unknown")
    pupil = models.CharField(max_length=8, default="unknown")
    parents_known = models.CharField(max_length=8, default="unknown")
    continued_until = models.DateField(null=True)
    order_number = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=24, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter_kind", "case", "person", "placed_at", "consent_by", "consent_name", "consent_at",
            "consent_by_phone", "prosecution", "parents_known", "ended_at", "recorded_at",
        )  # fmt: skip
        sensitive = ("kind", "basis", "is_emergency", "pupil", "continued_until", "order_number", "ended_because")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_at__gte=F("placed_at")) & ~Q(ended_because="")),
                name="ended_placement_says_why",
            ),
            models.CheckConstraint(
                condition=Q(consent_at__isnull=True) | ~Q(consent_name="") | Q(consent_by__isnull=False),
                name="consent_to_a_placement_has_a_name",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_placement_of_a_person_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["case"], name="placements_of_case")]


class ExcludedTime(models.Model):
    """Minutes that do not count in the 72 hours, with their reason (兒少權法第58條). Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24)
    """Code of `placement.excluded_reasons`."""
    minutes = models.PositiveIntegerField()
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "placement", "case", "reason", "minutes", "at", "by", "recorded_at")
        sensitive = ("words",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="excluded_time_has_minutes"),
            models.CheckConstraint(condition=~Q(reason=""), name="excluded_time_says_why"),
        ]


class PlacementRuling(models.Model):
    """One ruling of the court that lets a placement go on: each renewal is a row of its own. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    ruled_on = models.DateField(null=True)
    until = models.DateField()
    order_number = models.CharField(max_length=60)
    is_longer = models.BooleanField()
    """Longer than one ruling may be (`placement.extension_at_most`): shown, the court's word stands."""
    at = models.DateTimeField()
    """When it became known here."""
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "placement", "case", "at", "by", "recorded_at")
        sensitive = ("ruled_on", "until", "order_number", "is_longer")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(order_number=""), name="ruling_on_a_placement_is_numbered")]
        indexes = [models.Index(fields=["placement", "at"], name="rulings_of_placement")]


class Notice(models.Model):
    """通知: to whom, how, number, when, and whether the other side confirmed. Written for one addressee's circle."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    """The case, or the placement, whose duty it does."""
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    """The file through which it is read."""
    kind = models.CharField(max_length=20)
    """Code of `notice.kind`."""
    to_whom = models.CharField(max_length=120)
    way = models.CharField(max_length=12, choices=NoticeWay.choices)
    number = models.CharField(max_length=60, blank=True)
    """文號."""
    words = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_name = models.CharField(max_length=60, blank=True)

    class Privacy:
        plain = (
            "id", "matter", "case", "kind", "way", "number", "sent_at", "by", "recorded_at", "acknowledged_at",
            "acknowledged_name",
        )  # fmt: skip
        personal = ("to_whom", "words")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(to_whom=""), name="notice_has_an_addressee"),
            models.CheckConstraint(condition=~Q(way=NoticeWay.LETTER) | ~Q(number=""), name="letter_has_its_number"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=F("sent_at")),
                name="notice_confirmed_after_it_was_sent",
            ),
        ]
        indexes = [models.Index(fields=["case", "sent_at"], name="notices_of_case")]


class NoticeLetter(models.Model):
    """The letter of the register by which a placement is told to somebody; when it is sent, that is the notice."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    """The placement, whose duty it does."""
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    """Code of `notice.kind`."""
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "paper", "matter", "case", "kind", "by", "recorded_at")
