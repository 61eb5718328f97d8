"""Where people are and how to reach them safely. Addresses in hiding live in a table of their own."""

from django.db import models
from django.db.models import Q

from anwang.foundation.uuid7 import uuid7
from anwang.people.states import AddressKind, ContactKind, Source, YesNoUnknown

from .person import Person


class Address(models.Model):
    """An address that may be shown to whoever may read the person's case. Never one in hiding."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=AddressKind.choices)
    text = models.TextField()
    """As received; sealed (`seals.hidden`) once the row is hidden."""
    area_code = models.CharField(max_length=11, blank=True)
    """Township (8) or village (11) code, or county (5) when no more is known."""
    lookup = models.BinaryField(default=b"")
    """Keyed hash of the folded text up to the house number (`seals.address_key`): equal places without their names."""
    is_hidden = models.BooleanField(default=False)
    """It turned out to be where somebody hides; from then on only the safety zone reads the row."""
    source = models.CharField(max_length=10, choices=Source.choices)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "person", "kind", "is_hidden", "source", "recorded_at", "recorded_by")
        personal = ("text", "area_code", "since_on", "until_on")
        secret = ("lookup",)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="addresses_of_person"),
            models.Index(fields=["lookup"], name="addresses_by_place"),
        ]


class SafetyAddress(models.Model):
    """Where somebody hides (安全區). Encrypted; lists, search, pictures and print never read this table.

    Readable in the safety zone only: the person's own worker and the duty worker with a call, each reading traced.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sealed_text = models.BinaryField()
    lookup = models.BinaryField()
    """Keyed hash as in `Address.lookup`, so that the same place arriving from elsewhere is hidden too."""
    ask_whom = models.CharField(max_length=80)
    """The neutral contact shown to everybody else in place of the address."""
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "person", "ask_whom", "since_at", "until_at", "recorded_at", "recorded_by")
        secret = ("sealed_text", "lookup")

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="safety_addresses_of_person"),
            models.Index(fields=["lookup"], name="safety_addresses_by_place"),
        ]


class Shield(models.Model):
    """The person's whereabouts are kept from everybody outside the safety zone; says whom to ask instead.

    Apart from `SafetyAddress`, so that a reader of the case knows *that* something is closed without reading that
    table. Lasts until somebody ends it, also when the safety address ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ask_whom = models.CharField(max_length=80)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "person", "ask_whom", "since_at", "until_at", "recorded_at", "recorded_by")

    class Meta:
        indexes = [models.Index(fields=["person"], name="shields_of_person")]


class ContactPoint(models.Model):
    """A way to reach a person, always shown together with when, under what name, and whether to leave a message."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    value = models.CharField(max_length=120)
    lookup = models.CharField(max_length=120, blank=True)
    """Digits only, for finding a caller."""
    is_safe = models.CharField(max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    safe_when = models.CharField(max_length=80, blank=True)
    name_to_use = models.CharField(max_length=40, blank=True)
    may_leave_message = models.CharField(max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "person", "kind", "is_safe", "may_leave_message", "recorded_at", "recorded_by")
        personal = ("value", "lookup", "safe_when", "name_to_use", "until_on")

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="contacts_of_person"),
            models.Index(fields=["lookup"], name="contacts_by_number"),
        ]


class WorkerRisk(models.Model):
    """What a colleague must know before the address: weapon, dog, violence, infection. Shown before the door."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    """`RiskKind`, or a code received from elsewhere."""
    words = models.CharField(max_length=120, blank=True)
    go_in_pairs = models.BooleanField(default=False)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "person", "kind", "go_in_pairs", "recorded_at", "recorded_by")
        sensitive = ("words", "since_on", "until_on")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="risk_has_a_kind")]
        indexes = [models.Index(fields=["person"], name="risks_of_person")]
