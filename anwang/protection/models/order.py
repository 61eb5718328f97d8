"""A protection order as the authority registers it (家庭暴力防治法§18 II), who was told, how it was broken."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person
from anwang.protection.states import ChangeKind


class Order(models.Model):
    """保護令 of one court against one person, as it stands now; `OrderChange` keeps how it came to be so.

    `matter` is the case through which it is read, on the victim's side. `ends_on` is the last day; empty for an order
    that lasts until another takes its place. Whether it is in force is worked out (`rules.standing`), never stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    """Code of `order.kind`."""
    court = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    bound = models.ForeignKey(Person, models.PROTECT, related_name="+")
    """相對人: against whom."""
    terms = ArrayField(models.CharField(max_length=24))
    """Codes of `order.term`, in the order of the list."""
    distance_m = models.PositiveIntegerField(null=True)
    treatment_by = models.DateField(null=True)
    """By when the court wants a treatment programme completed."""
    from_county = models.CharField(max_length=5, blank=True)
    """The authority that registered it first, when another county's; empty for our own."""
    issued_at = models.DateTimeField()
    """From when it is in force (自核發時起生效)."""
    received_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True)
    """When it was served on him; being in force does not wait for it."""
    ends_on = models.DateField(null=True)
    extension_asked_on = models.DateField(null=True)
    """Since when the court has an extension before it; emptied by its ruling."""
    stays_until_ruling = models.BooleanField(default=False)
    """The extension was asked for in time, under a rule that keeps the order in force until the court has ruled."""
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=24, blank=True)
    """Code of `order.end`."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "matter", "received_at", "recorded_at", "recorded_by")
        linked = ("bound",)
        sensitive = (
            "kind", "court", "number", "terms", "distance_m", "treatment_by", "from_county", "issued_at", "served_at",
            "ends_on", "extension_asked_on", "stays_until_ruling", "ended_at", "ended_how",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(terms=[]), name="order_has_terms"),
            models.CheckConstraint(condition=~Q(court="") & ~Q(number=""), name="order_names_court_and_number"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False, ended_at__gte=F("issued_at")) & ~Q(ended_how="")),
                name="ended_order_says_how",
            ),
            models.CheckConstraint(
                condition=Q(extension_asked_on__isnull=True, stays_until_ruling=False)
                | Q(extension_asked_on__isnull=False, ends_on__isnull=False),
                name="only_a_dated_order_is_extended",
            ),
            models.UniqueConstraint(fields=["matter", "court", "number", "bound"], name="order_registered_once"),
        ]
        indexes = [models.Index(fields=["bound"], name="orders_binding")]


class OrderProtects(models.Model):
    """Somebody an order protects: the victim, children, other members of the family it names."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "order", "matter")
        linked = ("person",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "person"], name="protected_once")]
        indexes = [models.Index(fields=["person"], name="orders_protecting")]


class OrderChange(models.Model):
    """What happened to an order, as it stood afterwards. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=ChangeKind.choices)
    at = models.DateTimeField()
    terms = ArrayField(models.CharField(max_length=24))
    ends_on = models.DateField(null=True)
    words = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "order", "matter", "at", "by", "recorded_at")
        sensitive = ("kind", "terms", "ends_on", "words")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_of_order_known")]
        indexes = [models.Index(fields=["order", "at"], name="changes_of_order")]


class Relay(models.Model):
    """Somebody must know of an order: who (a kind), since when, when he was told, when he said that he has it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    receiver = models.CharField(max_length=16)
    """Code of `order.receiver`; the list says how much of the order he gets."""
    since_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_by = models.UUIDField(null=True)
    how = models.CharField(max_length=60, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=60, blank=True)
    not_needed = models.CharField(max_length=120, blank=True)
    """Why nobody of this kind need be told after all."""

    class Privacy:
        plain = ("id", "order", "matter", "since_at", "told_at", "told_by", "acknowledged_at")
        sensitive = ("receiver", "how", "acknowledged_by", "not_needed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "receiver"], condition=Q(told_at__isnull=True), name="one_open_relay_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(told_at__isnull=False), name="acknowledged_after_told"
            ),
        ]
        indexes = [models.Index(fields=["order"], name="relays_of_order")]


class RelayTo(models.Model):
    """Which police station, which school: a place. Read in the safety zone only."""

    relay = models.OneToOneField(Relay, models.PROTECT, primary_key=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    sealed_words = models.BinaryField()

    class Privacy:
        plain = ("relay", "matter")
        secret = ("sealed_words",)


class Violation(models.Model):
    """An order was broken, as somebody tells it, and what was done about it (`order.broken_then`)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    terms = ArrayField(models.CharField(max_length=24))
    words = models.TextField()
    happened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    then = models.CharField(max_length=24, blank=True)
    then_at = models.DateTimeField(null=True)
    then_words = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "order", "matter", "known_at", "then_at", "by", "recorded_at")
        sensitive = ("terms", "words", "happened_at", "then", "then_words")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(terms=[]), name="violation_says_what"),
            models.CheckConstraint(condition=Q(known_at__gte=F("happened_at")), name="violation_known_afterwards"),
            models.CheckConstraint(
                condition=Q(then="", then_at__isnull=True) | (~Q(then="") & Q(then_at__isnull=False)),
                name="answer_to_a_violation_has_its_instant",
            ),
        ]
        indexes = [models.Index(fields=["order", "happened_at"], name="violations_of_order")]
