"""Who serves a case of mental health, at which level, and in which register the person stands."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.care.states import Register, RerouteState
from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person


class Triage(models.Model):
    """分流: what was known of a person, and what the dated table proposed. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    psychiatric = models.CharField(max_length=12)
    """Code of `care.psychiatric`."""
    level = models.PositiveSmallIntegerField(null=True)
    """Empty: not known yet."""
    issues = ArrayField(models.CharField(max_length=24), default=list)
    """Codes of `care.issue`; those from the lists are put there by the lists."""
    inputs = models.JSONField()
    """What the table was told, so that its answer can be had again."""
    proposed = models.CharField(max_length=16, blank=True)
    """Outcome of `care.who_serves`; empty when what is not known decides."""
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "at", "by", "recorded_at")
        linked = ("person",)
        sensitive = ("psychiatric", "level", "issues", "inputs", "proposed", "words")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__isnull=True) | (Q(level__gte=1) & Q(level__lte=5)), name="care_levels_are_five"
            )
        ]
        indexes = [models.Index(fields=["matter", "at"], name="triages_of_case")]


class Served(models.Model):
    """Who is to serve, as a person decided after a triage. Only grows. Another than proposed says why."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    triage = models.ForeignKey(Triage, models.PROTECT, related_name="+")
    proposed = models.CharField(max_length=16, blank=True)
    service = models.CharField(max_length=16)
    """Code of `care.service`: whose work it is; or `not_here`."""
    stands_in = models.BooleanField(default=False)
    """A public health nurse does it while the post is empty."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=24, blank=True)
    """Code of `care.override`."""
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "triage", "unit", "worker", "at", "by", "recorded_at")
        sensitive = ("proposed", "service", "stands_in", "because", "words")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(service=F("proposed")) | ~Q(because=""), name="another_service_says_why")
        ]
        indexes = [models.Index(fields=["matter", "at"], name="services_of_case")]


class Entry(models.Model):
    """A line of a register (名冊): who stands there, at which level, served by which post. Ended, never deleted.

    Not the case: a case may be open before anybody is registered, and a person in suicide follow-up who is no patient
    stands in the suicide register alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    register = models.CharField(max_length=12, choices=Register.choices)
    psychiatric = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(null=True)
    service = models.CharField(max_length=16)
    stands_in = models.BooleanField(default=False)
    long = models.BooleanField(default=False)
    """長期陪伴: served without pressure to close."""
    long_because = models.CharField(max_length=400, blank=True)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=24, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "recorded_at")
        linked = ("person",)
        sensitive = (
            "register", "psychiatric", "level", "service", "stands_in", "long", "long_because", "since_on", "until_on",
            "ended_because",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(register__in=Register.values), name="care_register_known"),
            models.CheckConstraint(
                condition=~Q(register=Register.PSYCHIATRIC) | Q(psychiatric__in=["severe", "diagnosed", "suspected"]),
                name="psychiatric_register_takes_patients",
            ),
            models.CheckConstraint(condition=Q(long=False) | ~Q(long_because=""), name="long_relationship_says_why"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, ended_because="")
                | (Q(until_on__isnull=False, until_on__gte=F("since_on")) & ~Q(ended_because="")),
                name="struck_off_says_why",
            ),
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(until_on__isnull=True), name="registered_once_in_a_case"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="care_entries_of_person")]


class LevelChange(models.Model):
    """Every level a person was given, from … on, by whom and why. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    was = models.PositiveSmallIntegerField(null=True)
    level = models.PositiveSmallIntegerField()
    proposed = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "entry", "at", "by", "recorded_at")
        sensitive = ("was", "level", "proposed", "words")

    class Meta:
        indexes = [models.Index(fields=["matter", "at"], name="levels_of_case")]


class Reroute(models.Model):
    """改派請求: another post is asked to serve, with a reason. Until it accepts, whoever serves goes on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    service = models.CharField(max_length=16)
    because = models.CharField(max_length=24)
    words = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=12, choices=RerouteState.choices, default=RerouteState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=24, blank=True)
    answer_words = models.CharField(max_length=400, blank=True)
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter", "from_unit", "to_unit", "state", "asked_at", "asked_by", "answered_at", "answered_by",
            "worker", "recorded_at",
        )  # fmt: skip
        sensitive = ("service", "because", "words", "answer", "answer_words")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="rerouting_says_why"),
            models.CheckConstraint(
                condition=Q(state=RerouteState.ASKED, answered_at__isnull=True)
                | (~Q(state=RerouteState.ASKED) & Q(answered_at__isnull=False)),
                name="answered_reroute_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=RerouteState.RETURNED) | ~Q(answer=""), name="returned_reroute_says_why"
            ),
            models.UniqueConstraint(fields=["matter"], condition=Q(state="asked"), name="one_open_reroute_of_a_case"),
        ]
