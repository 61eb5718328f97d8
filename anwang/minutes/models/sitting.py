"""A sitting of a body, who attended, what was handed out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.states import OUT, Attends, Came, SittingState

from .body import Series
from .source import Source


class Sitting(models.Model):
    """One meeting and its minutes. What the paper does not say is None or empty; nothing stands for it.

    Once sent its words stay (`minutes_stay`): what is wrong in them is corrected by an `Amendment` of a later one.
    Chair and recorder are kept as printed, office and name: public office data.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Who drafts or files its minutes here."""
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=400)
    met_on = models.DateField(null=True)
    start_time = models.TimeField(null=True)
    adjourned_time = models.TimeField(null=True)
    further_days = ArrayField(models.CharField(max_length=24), default=list)
    """Days on which it sat again, in order, as `2024-03-06 09:00-11:00`; hours that are not printed are left out."""
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    recorder = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=SittingState.choices)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    """The file it was read from; None for what was drafted here."""
    first_line = models.PositiveIntegerField(null=True)
    last_line = models.PositiveIntegerField(null=True)
    """Which lines of the file are this meeting's, from 1."""
    paper_number = models.CharField(max_length=60, blank=True)
    """發文字號 with which the minutes went out."""
    confirmed_in = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The later sitting that confirmed it; None where it was confirmed otherwise."""
    made_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id", "unit", "series", "number", "title", "met_on", "start_time", "adjourned_time", "further_days",
            "place", "chair", "recorder", "state", "source", "first_line", "last_line", "paper_number",
            "confirmed_in", "made_at", "by", "sent_at", "sent_by", "confirmed_at", "confirmed_by",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SittingState.values), name="sitting_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(OUT))
                | Q(series__isnull=False, met_on__isnull=False, sent_at__isnull=False),
                name="sent_minutes_say_of_which_day_and_series",
            ),
            models.CheckConstraint(
                condition=Q(state=SittingState.CONFIRMED, confirmed_at__isnull=False)
                | ~Q(state=SittingState.CONFIRMED) & Q(confirmed_at__isnull=True),
                name="confirmed_minutes_say_when",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True, first_line__isnull=True, last_line__isnull=True)
                | Q(source__isnull=False, first_line__gte=1, last_line__gte=F("first_line")),
                name="sitting_knows_its_lines",
            ),
            models.CheckConstraint(condition=~Q(confirmed_in=F("id")), name="sitting_does_not_confirm_itself"),
            models.UniqueConstraint(
                fields=["series", "met_on", "number"],
                condition=~Q(state=SittingState.CALLED_OFF),
                name="one_sitting_of_a_number_and_day",
            ),
            models.UniqueConstraint(fields=["source", "first_line"], name="lines_of_a_file_read_once"),
        ]
        indexes = [models.Index(fields=["unit", "-met_on"], name="sittings_of_unit")]


class Attendance(models.Model):
    """Somebody asked to a sitting: a unit, and who spoke for it. Names of officials at a meeting are office data."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_words = models.CharField(max_length=120)
    """The unit as printed."""
    who = models.CharField(max_length=120, blank=True)
    """Office and name."""
    attends = models.CharField(max_length=10, choices=Attends.choices)
    came = models.CharField(max_length=12, choices=Came.choices, blank=True)
    instead = models.CharField(max_length=120, blank=True)
    """Who came in his place."""

    class Privacy:
        plain = ("id", "sitting", "position", "unit", "unit_words", "who", "attends", "came", "instead")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="one_attendance_at_a_place"),
            models.CheckConstraint(
                condition=~Q(came=Came.REPRESENTED) | ~Q(instead=""), name="who_is_represented_says_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(attends__in=Attends.values, came__in=Came.values), name="attendance_words_known"
            ),
        ]


class Material(models.Model):
    """A paper handed out for a point of the agenda (會議資料)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    item_id = models.UUIDField(null=True)
    """The item it belongs to; None for papers of the whole sitting."""
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "sitting", "item_id", "name", "media_type", "size", "digest", "content", "at", "by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "digest"], name="same_paper_once_at_a_sitting")]
