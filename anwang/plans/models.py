"""Lines of a plan, what became of them, and the versions that were agreed. Everything only grows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from anwang.access.states import Circle, Zone
from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person
from anwang.plans.states import ZONES, LineKind, Owner, Progress, Reader, WithFamily


class Line(models.Model):
    """A line of the plan of a matter (a case, or the coordination of a family), as it was written at one time.

    Lines of one `thread` are the same line over time; the newest counts, and one that `is_kept` no more is withdrawn.
    It lies in the zone its author chose, on the side of the family it is about; `goes_to` says who may get it on paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    thread = models.UUIDField()
    kind = models.CharField(max_length=8, choices=LineKind.choices)
    zone = models.CharField(max_length=12, choices=Zone.choices, default=Zone.CASE)
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.NEUTRAL)
    goes_to = ArrayField(models.CharField(max_length=8), default=list)
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Whose need, strength or words; whom a goal is for."""
    under = models.UUIDField(null=True)
    """The thread of the goal that an action serves."""
    owner = models.CharField(max_length=10, choices=Owner.choices, blank=True)
    owner_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    owner_worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    owner_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField(max_length=60, blank=True)
    for_carer = models.BooleanField(default=False)
    """Supports who looks after somebody here: his strength is part of the plan."""
    text = models.TextField()
    due_on = models.DateField(null=True)
    said_on = models.DateField(null=True)
    is_kept = models.BooleanField(default=True)
    because = models.CharField(max_length=300, blank=True)
    """Why it was changed or withdrawn."""
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter", "thread", "kind", "zone", "circle", "goes_to", "under", "owner", "owner_worker",
            "owner_unit", "for_carer", "due_on", "said_on", "is_kept", "at", "by", "recorded_at",
        )  # fmt: skip
        linked = ("about", "owner_person")
        personal = ("owner_name",)
        sensitive = ("text", "because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="plan_line_has_words"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="plan_line_kind_known"),
            models.CheckConstraint(condition=Q(zone__in=ZONES), name="plan_line_zone_known"),
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="plan_line_circle_known"),
            models.CheckConstraint(
                condition=Q(goes_to__contained_by=Reader.values), name="plan_line_readers_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="action")
                | Q(owner="family", owner_person__isnull=False)
                | Q(owner="worker", owner_worker__isnull=False)
                | Q(owner="unit", owner_unit__isnull=False)
                | (Q(owner="community") & ~Q(owner_name="")),
                name="plan_action_has_an_owner",
            ),
            models.CheckConstraint(condition=Q(kind="action") | Q(owner="", under=None), name="only_actions_are_owned"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["matter", "thread", "-id"], name="lines_of_plan")]


class Step(models.Model):
    """What became of an action or a goal, said by whoever saw it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    thread = models.UUIDField()
    zone = models.CharField(max_length=12, choices=Zone.choices, default=Zone.CASE)
    progress = models.CharField(max_length=8, choices=Progress.choices)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "thread", "zone", "progress", "at", "by", "recorded_at")
        sensitive = ("words",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(progress__in=Progress.values), name="plan_progress_known"),
            models.CheckConstraint(condition=Q(zone__in=ZONES), name="plan_progress_zone_known"),
        ]
        indexes = [models.Index(fields=["matter", "thread", "-id"], name="steps_of_plan")]


class Version(models.Model):
    """A plan as it was agreed on a day: which lines stood in it, and when all look at it again."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    lines = ArrayField(models.UUIDField())
    summary = models.TextField(blank=True)
    with_family = models.CharField(max_length=8, choices=WithFamily.choices)
    review_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "number", "lines", "with_family", "review_on", "at", "by", "recorded_at")
        sensitive = ("summary",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="version_of_plan_once"),
            models.CheckConstraint(condition=Q(with_family__in=WithFamily.values), name="plan_says_with_whom"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_of_plan_are_counted"),
        ]
