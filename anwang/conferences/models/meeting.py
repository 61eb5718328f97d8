"""A meeting, what stands on its agenda, who is invited, what was said."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value

from anwang.access.states import Circle
from anwang.cases.models.derived import Derived
from anwang.conferences.states import Answer, AnsweredHow, MeetingState, Origin, Side
from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter


class Meeting(models.Model):
    """A meeting (會議): shares the key of its matter, whose acting worker keeps its record (紀錄).

    Its own page says when, where and what kind; whom it is about lies in the parts of its agenda.
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(expression=Value("meeting"), output_field=models.CharField(max_length=16), db_persist=True)
    sort = models.CharField(max_length=16)
    """Code of `meeting.sort`."""
    title = models.CharField(max_length=80)
    """Of the series and its count: no name of a family."""
    place = models.CharField(max_length=80, blank=True)
    meets_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    chair = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    held_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter_kind", "sort", "place", "meets_at", "ends_at", "chair", "state", "held_at", "over_at",
            "confirmed_at", "confirmed_by", "closed_at", "closed_by", "recorded_at",
        )  # fmt: skip
        personal = ("title",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("meets_at")), name="meeting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.PLANNED, MeetingState.CALLED_OFF], held_at__isnull=True)
                | Q(held_at__isnull=False, over_at__gt=F("held_at")),
                name="held_meeting_says_from_when_to_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.CONFIRMED, MeetingState.CLOSED])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_minutes_say_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CLOSED) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_meeting_says_by_whom",
            ),
        ]


class Proposal(models.Model):
    """A file that a unit, the number of units or a listing wants on an agenda; the convening unit chooses.

    `is_standing`: stays until it ends, and is offered for every meeting (a case listed as high risk).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    file = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=16)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    because = models.CharField(max_length=500)
    is_standing = models.BooleanField(default=False)
    circle = models.CharField(max_length=8, choices=Circle.choices)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    """Taken into a meeting, withdrawn, or (standing) no longer listed."""
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "to_unit", "sort", "origin", "is_standing", "circle", "from_unit", "at", "by", "ended_at",
                 "recorded_at")  # fmt: skip
        linked = ("file",)
        sensitive = ("because",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="proposal_origin_known"),
            models.UniqueConstraint(
                fields=["file", "to_unit", "sort"], condition=Q(ended_at__isnull=True), name="proposed_once"
            ),
        ]
        indexes = [models.Index(fields=["to_unit"], condition=Q(ended_at__isnull=True), name="proposals_to_unit")]


class AgendaItem(models.Model):
    """A place on the agenda: a general topic with its title, or one family, whose content lies in its parts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    """Of a general topic; empty where the item is a family."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "meeting", "position", "unit", "at", "by")
        personal = ("title",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="one_item_at_a_place")]


class Part(models.Model):
    """One side of an item: what is said about the people of one file. Read by whoever reads the file's content, and by
    members of the meeting on that side while its papers are open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    file = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    circle = models.CharField(max_length=8, choices=Circle.choices)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    because = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Whose file it is at the meeting: it presents."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "item", "meeting", "circle", "origin", "unit", "at", "by", "withdrawn_at")
        linked = ("file",)
        sensitive = ("because",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="part_circle_known"),
            models.UniqueConstraint(
                fields=["meeting", "file"], condition=Q(withdrawn_at__isnull=True), name="file_once_on_an_agenda"
            ),
        ]
        indexes = [
            models.Index(fields=["item"], name="parts_of_item"),
            models.Index(fields=["file"], name="parts_of_file"),
        ]


class Invitation(models.Model):
    """Who is asked to a meeting: a worker with an account, a unit without one, or a named guest of an agency.

    How he answered, took part, was told of the decisions and acknowledged them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    guest = models.CharField(max_length=80, blank=True)
    """Agency, post and name of somebody without an account."""
    side = models.CharField(max_length=8, choices=Side.choices)
    side_because = models.CharField(max_length=120, blank=True)
    """Why somebody who is neither chair nor recorder reads both sides."""
    items = ArrayField(models.UUIDField(), default=list)
    """Items he is asked to; empty for the whole agenda."""
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=8, choices=AnsweredHow.choices, blank=True)
    answer_words = models.CharField(max_length=200, blank=True)
    attendance = models.CharField(max_length=12, blank=True)
    """Code of `meeting.attendance`; empty before the meeting."""
    was_there = models.BooleanField(null=True)
    sent = models.CharField(max_length=60, blank=True)
    """Who came in his place."""
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=80, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_how = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id", "meeting", "worker", "unit", "side", "items", "asked_at", "asked_by", "answer", "answered_at",
            "answered_how", "attendance", "was_there", "told_at", "acknowledged_at", "withdrawn_at",
        )  # fmt: skip
        personal = ("guest", "side_because", "answer_words", "sent", "told_how", "acknowledged_how")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(worker__isnull=False) | Q(unit__isnull=False) | ~Q(guest=""), name="invitation_says_whom"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="invitation_side_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answer_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(attendance="", was_there__isnull=True) | (~Q(attendance="") & Q(was_there__isnull=False)),
                name="attendance_says_whether_he_was_there",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(told_at__isnull=False, acknowledged_at__gte=F("told_at")),
                name="told_before_acknowledged",
            ),
            models.UniqueConstraint(
                fields=["meeting", "worker"],
                condition=Q(worker__isnull=False, withdrawn_at__isnull=True),
                name="invited_once",
            ),
        ]
        indexes = [models.Index(fields=["worker"], name="invitations_of_worker")]


class Minute(models.Model):
    """A passage of the minutes: of the meeting as a whole, or of one part of its agenda. Only grows; corrected by a
    further one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    section = models.CharField(max_length=16)
    """Code of `meeting.section`."""
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=120, blank=True)

    class Privacy:
        plain = ("id", "meeting", "part", "section", "at", "by", "recorded_at", "corrects")
        sensitive = ("text", "because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="minute_has_words"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, because="") | (Q(corrects__isnull=False) & ~Q(because="")),
                name="corrected_minute_says_why",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="minute_corrected_once"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "recorded_at"], name="minutes_of_meeting")]
