"""A form filled about somebody, the value a person gave it, and what followed."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from anwang.access.states import Zone
from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.instruments.states import Applies, Direction, Source
from anwang.matters.models import Matter
from anwang.people.models import Family, Person

from .version import Version

NO_RANK, WIDTH = -1, 1000


def _bounds() -> models.GeneratedField:
    """Both bounds as one number that is never empty: what a judgement's key compares."""
    floor, ceiling = Coalesce(F("floor_rank"), Value(NO_RANK)), Coalesce(F("ceiling_rank"), Value(NO_RANK))
    return models.GeneratedField(
        expression=floor * Value(WIDTH) + ceiling, output_field=models.IntegerField(), db_persist=True
    )


_LEVELLED = Q(floor_rank__isnull=False, ceiling_rank__isnull=False)


class Fill(models.Model):
    """One form, filled once about one person or family, in one file, by one network. Only grows.

    The answers say why there is none (`unknown`, `declined`, `unsafe`). `floor` and `ceiling` are what the answers
    allow; `level` is the system value: both ends equal, and the form made for this person (`applies`). A form that
    does not apply has no level: what its score would say is only in `hint`. Ranks count from 0, most protective.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=12, choices=Zone.choices)
    """Which zone of the file one must read to read this."""
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    network = models.CharField(max_length=16)
    """Code of `instrument.network`."""
    source = models.CharField(max_length=8, choices=Source.choices)
    reported_by = models.CharField(max_length=80, blank=True)
    """Which office told the result; its own version of the form as it called it."""
    reported_version = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)
    """Name of the score to its least and most."""
    applies = models.CharField(max_length=8, choices=Applies.choices)
    level = models.CharField(max_length=24, blank=True)
    hint = models.CharField(max_length=24, blank=True)
    floor_rank = models.SmallIntegerField(null=True)
    ceiling_rank = models.SmallIntegerField(null=True)
    bounds = _bounds()
    event_on = models.DateField()
    """The day whose version of the form holds: of the event, the report or the filling, as the form says."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    county = models.CharField(max_length=5)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    replaces_because = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    @property
    def by_id(self) -> UUID | None:
        """Who filled it; the row keeps no key, as workers are never taken away."""
        return self.by

    class Privacy:
        plain = ("id", "matter", "zone", "version", "instrument", "network", "source", "event_on", "at", "by", "unit",
                 "county", "replaces", "recorded_at")  # fmt: skip
        linked = ("person", "family")
        personal = ("reported_by", "reported_version", "replaces_because")
        sensitive = ("answers", "scores", "applies", "level", "hint", "floor_rank", "ceiling_rank",
                     "bounds")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, family__isnull=True) | Q(person__isnull=True, family__isnull=False),
                name="fill_is_about_a_person_or_a_family",
            ),
            models.CheckConstraint(
                condition=Q(zone__in=[Zone.CASE, Zone.SPECIAL, Zone.SAFETY]), name="fill_zone_known"
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="fill_source_known"),
            models.CheckConstraint(condition=Q(applies__in=Applies.values), name="fill_applies_known"),
            models.CheckConstraint(
                condition=Q(source=Source.ANSWERED) | (Q(level="", hint="") & ~Q(reported_by="")),
                name="reported_result_says_who_told_it",
            ),
            models.CheckConstraint(
                condition=Q(level="") | Q(applies=Applies.YES, source=Source.ANSWERED, hint=""),
                name="score_counts_only_where_it_applies",
            ),
            models.CheckConstraint(
                condition=Q(floor_rank__isnull=True, ceiling_rank__isnull=True, level="")
                | (_LEVELLED & Q(applies=Applies.YES, floor_rank__gte=F("ceiling_rank"), ceiling_rank__gte=0)),
                name="fill_bounds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(floor_rank__isnull=True) | (Q(level="") ^ Q(floor_rank=F("ceiling_rank"))),
                name="fill_has_a_level_when_settled",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, replaces_because="")
                | (Q(replaces__isnull=False) & ~Q(replaces_because="")),
                name="replaced_fill_says_why",
            ),
            models.UniqueConstraint(fields=["id", "matter", "zone", "bounds"], name="fill_with_its_file_and_bounds"),
        ]
        indexes = [
            models.Index(fields=["matter", "at"], name="fills_of_case"),
            models.Index(fields=["person", "instrument", "at"], name="fills_of_person"),
            models.Index(fields=["county", "at"], name="fills_of_county"),
            models.Index(fields=["by", "at"], name="fills_of_worker"),
        ]


class Judgement(models.Model):
    """What a person made of a form (人工值): the same as the system, higher, lower, or what it left open. Only grows.

    The bounds are the form's own. The database holds direction and bounds together, so a lower value cannot be
    written down as agreed. Differing says why. The latest one stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=12)
    fill = models.ForeignKey(Fill, models.PROTECT, related_name="+")
    level = models.CharField(max_length=24)
    rank = models.SmallIntegerField()
    floor_rank = models.SmallIntegerField(null=True)
    ceiling_rank = models.SmallIntegerField(null=True)
    bounds = _bounds()
    direction = models.CharField(max_length=8, choices=Direction.choices)
    reason = models.CharField(max_length=24, blank=True)
    """Code of `instrument.adjust_reason`."""
    words = models.CharField(max_length=300, blank=True)
    items = ArrayField(models.CharField(max_length=40), default=list)
    """Items of the form that say too much or too little here."""
    by = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    county = models.CharField(max_length=5)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "zone", "fill", "by", "unit", "county", "at", "recorded_at")
        sensitive = ("level", "rank", "floor_rank", "ceiling_rank", "bounds", "direction", "reason", "words", "items")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.UP, rank__lt=F("ceiling_rank"))
                | Q(direction=Direction.DOWN, rank__gt=F("floor_rank"))
                | Q(direction=Direction.AGREED, rank=F("ceiling_rank"), floor_rank=F("ceiling_rank"))
                | Q(direction=Direction.DECIDED, rank__gte=F("ceiling_rank"), rank__lte=F("floor_rank"),
                    floor_rank__gt=F("ceiling_rank"))
                | Q(direction=Direction.FREE, floor_rank__isnull=True, ceiling_rank__isnull=True),
                name="direction_agrees_with_the_bounds",
            ),
            models.CheckConstraint(
                condition=~Q(direction__in=[Direction.UP, Direction.DOWN]) | (~Q(reason="") & ~Q(words="")),
                name="another_value_says_why",
            ),
            models.CheckConstraint(condition=Q(rank__gte=0) & ~Q(level=""), name="judgement_gives_a_level"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["fill", "recorded_at"], name="judgements_of_fill")]


class FollowUp(models.Model):
    """What was done about what a form asked for. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=12)
    fill = models.ForeignKey(Fill, models.PROTECT, related_name="+")
    did = models.CharField(max_length=24)
    """Code of `instrument.followed_up`."""
    words = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "zone", "fill", "by", "at", "recorded_at")
        sensitive = ("did", "words")

    class Meta:
        indexes = [models.Index(fields=["fill", "recorded_at"], name="follow_ups_of_fill")]
