"""Figures of deployment as their sources state them, and requests to allocate posts anew."""

from django.db import models
from django.db.models import F, Q, Value

from anwang.directory.models import Jurisdiction, Unit
from anwang.foundation.uuid7 import uuid7
from anwang.submissions.models import PostChange

from .states import PostsState, Reach, Says


class Figure(models.Model):
    """One number as one source states it: a kind of place, a county, a year, target, actual or forecast.

    Several sources may disagree: each keeps its row. `number` is empty where the source itself says that it is not
    settled (未定). A figure is never changed: a wrong one is withdrawn with a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    """Code of `deployment.kind`."""
    year = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=8, choices=Says.choices)
    number = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=120)
    """The document: letter, plan, minutes, or the unit's own return."""
    source_on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Whose return it is; imported tables belong to the unit that brought them."""
    reach = models.CharField(max_length=9, choices=Reach.choices, default=Reach.DRAFT)
    by = models.UUIDField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Privacy:
        plain = (
            "id", "county", "kind", "year", "says", "number", "source", "source_on", "unit", "reach", "by", "at",
            "withdrawn_at", "withdrawn_because",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(says__in=Says.values), name="figure_says_known"),
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="figure_reach_known"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(source=""), name="figure_has_kind_and_source"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2200), name="figure_year_is_a_year"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="withdrawn_figure_says_why",
            ),
            models.UniqueConstraint(
                fields=["county", "kind", "year", "says", "source", "source_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_figure_a_source",
            ),
        ]
        indexes = [models.Index(fields=["kind", "year"], name="figures_of_kind_and_year")]


class PostsRequest(models.Model):
    """The number of centres of a county changes: its posts are to be allocated anew. Owns the matter that says who
    decides it and by when."""

    id = models.UUIDField(primary_key=True)
    matter_kind = models.GeneratedField(
        expression=Value("steering"), output_field=models.CharField(max_length=16), db_persist=True
    )
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Who asks."""
    decides = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Which unit of the ministry decides."""
    centres_before = models.PositiveSmallIntegerField()
    centres_after = models.PositiveSmallIntegerField()
    supervisors_before = models.PositiveSmallIntegerField()
    workers_before = models.PositiveSmallIntegerField()
    supervisors_asked = models.PositiveSmallIntegerField()
    workers_asked = models.PositiveSmallIntegerField()
    supervisors_by_rule = models.PositiveSmallIntegerField()
    workers_by_rule = models.PositiveSmallIntegerField()
    rule_from = models.DateField()
    because = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=PostsState.choices, default=PostsState.ASKED)
    supervisors = models.PositiveSmallIntegerField(null=True)
    workers = models.PositiveSmallIntegerField(null=True)
    letter = models.CharField(max_length=80, blank=True)
    """文號 of the decision."""
    answer = models.TextField(blank=True)
    supervisors_change = models.OneToOneField(PostChange, models.PROTECT, null=True, related_name="+")
    workers_change = models.OneToOneField(PostChange, models.PROTECT, null=True, related_name="+")
    """What the decision changed of the approved posts; empty where they stood there already."""
    asked_at = models.DateTimeField()
    by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id", "matter_kind", "county", "kind", "year", "unit", "decides", "centres_before", "centres_after",
            "supervisors_before", "workers_before", "supervisors_asked", "workers_asked", "supervisors_by_rule",
            "workers_by_rule", "rule_from", "because", "due_on", "state", "supervisors", "workers", "letter", "answer",
            "supervisors_change", "workers_change", "asked_at", "by", "decided_at", "decided_by",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PostsState.values), name="posts_state_known"),
            models.CheckConstraint(condition=~Q(because=""), name="posts_are_asked_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(centres_before=F("centres_after")), name="posts_follow_a_change_of_centres"
            ),
            models.CheckConstraint(
                condition=Q(state=PostsState.ASKED, decided_at__isnull=True, decided_by__isnull=True, supervisors=None)
                | ~Q(state=PostsState.ASKED)
                & Q(
                    decided_at__isnull=False, decided_by__isnull=False, supervisors__isnull=False, workers__isnull=False
                )
                & ~Q(answer="")
                & ~Q(letter=""),
                name="decided_posts_say_how_many_and_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")), name="nobody_decides_his_own_posts"
            ),
            models.CheckConstraint(
                condition=Q(supervisors_change=None, workers_change=None)
                | Q(state__in=[PostsState.GRANTED, PostsState.OTHERWISE]),
                name="only_granted_posts_change",
            ),
            models.UniqueConstraint(
                fields=["county", "kind", "year"],
                condition=Q(state=PostsState.ASKED),
                name="one_open_request_for_posts",
            ),
        ]
