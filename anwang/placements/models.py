"""Places by provider, how many may be used when, who is where, and who waits for one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.cases.models import Placement
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person
from anwang.placements.states import Takes


class Provider(models.Model):
    """處所: an institution, foster family, hiding place… of a county. `handle` is what lists say.

    A secret one has neither name nor telephone here: whoever must know asks its county's contact.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.CharField(max_length=5)
    kind = models.CharField(max_length=24)
    """Code of `placement.kind`."""
    handle = models.CharField(max_length=24)
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    is_secret = models.BooleanField()
    takes = models.CharField(max_length=8, choices=Takes.choices, default=Takes.ANYBODY)
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(null=True)
    """Youngest and oldest it takes, in whole years, both included; empty: no upper limit."""
    suited = ArrayField(models.CharField(max_length=24), default=list)
    """Codes of `place.suited`."""
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = (
            "id", "county", "kind", "handle", "name", "phone", "is_secret", "takes", "age_from", "age_to", "suited",
            "opened_on", "closed_on", "recorded_at", "recorded_by",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "handle"], name="place_has_one_handle_in_a_county"),
            models.CheckConstraint(condition=~Q(handle=""), name="place_has_a_handle"),
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(name="", phone=""), name="secret_place_is_nameless"
            ),
            models.CheckConstraint(
                condition=Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")), name="place_ages_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="place_ends_after_opening"
            ),
        ]
        indexes = [models.Index(fields=["county", "kind"], name="places_by_county_and_kind")]


class Licence(models.Model):
    """How many places a provider has from a day on (核定床位). Only grows; the latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "provider", "places", "from_on", "recorded_at", "recorded_by")

    class Meta:
        indexes = [models.Index(fields=["provider", "from_on"], name="licences_of_place")]


class Closure(models.Model):
    """Places that cannot be used from a day to a day, both included, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    because = models.CharField(max_length=24)
    """Code of `place.closed_because`."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "provider", "places", "from_on", "until_on", "because", "recorded_at", "recorded_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0) & ~Q(because=""), name="closure_of_places_says_why"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="closure_of_places_in_order"
            ),
        ]
        indexes = [models.Index(fields=["provider"], name="closures_of_place")]


class Stay(models.Model):
    """Somebody is at a place. The most closely kept row of a placement: safety zone, own side only."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    """The file through which it is read."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    moved_because = models.CharField(max_length=24, blank=True)
    """Code of `place.moved_because`, when he came here from another place."""
    over_because = models.CharField(max_length=24, blank=True)
    """Code of `place.over_because`, when the place was full."""
    over_agreed_by = models.UUIDField(null=True)
    """The supervisor who agreed to that."""
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "placement", "case", "from_at", "until_at", "over_agreed_by", "by", "recorded_at")
        linked = ("person",)
        sensitive = ("provider", "moved_because", "over_because")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(until_at__isnull=True), name="placed_at_one_place_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="stay_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(over_because="", over_agreed_by__isnull=True)
                | (~Q(over_because="") & Q(over_agreed_by__isnull=False)),
                name="full_place_was_agreed_to",
            ),
        ]
        indexes = [
            models.Index(fields=["provider"], name="stays_at_place"),
            models.Index(fields=["case"], name="stays_of_case"),
        ]


class Waiting(models.Model):
    """等候處所: somebody of a case needs a place; of which kind (empty: any) and for which needs."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, blank=True)
    needs = ArrayField(models.CharField(max_length=24), default=list)
    is_urgent = models.BooleanField()
    words = models.CharField(max_length=200, blank=True)
    since_at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=24, blank=True)
    """Code of `place.wait_ended`."""
    ended_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "case", "is_urgent", "since_at", "by", "recorded_at", "ended_at", "ended_by")
        linked = ("person",)
        sensitive = ("kind", "needs", "words", "ended_how")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(ended_at__isnull=True), name="waits_for_a_place_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False, ended_at__gte=F("since_at")) & ~Q(ended_how="")),
                name="ended_wait_says_how",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="waits_of_case")]
