"""Where other systems want to be told, what they are told, and every try to tell them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When

from anwang.directory.models import Jurisdiction
from anwang.foundation.uuid7 import uuid7
from anwang.systems.events import EVENTS, SUBJECTS, EndpointKind, GivenUp, Going, Told

from .system import System


class Endpoint(models.Model):
    """Where a system takes messages about one county: an address, or files of the day. Ended, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=EndpointKind.choices)
    address = models.URLField(max_length=300, blank=True)
    """Of a webhook, without user, password or secret; empty for files, which lie in a folder of the system's code."""
    events = ArrayField(models.CharField(max_length=60))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    numbered = models.BigIntegerField(default=0)
    """The last number given to a message of this endpoint; numbers have no gap, so the receiver sees one."""
    live_of = models.GeneratedField(
        expression=Case(When(ends_at__isnull=True, then=F("system_id"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )
    """Its system while it takes messages: a deferred key keeps a system from being retired over it."""

    class Privacy:
        plain = (
            "id", "system", "county", "kind", "address", "events", "starts_at", "ends_at", "recorded_at", "by",
            "numbered", "live_of",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EndpointKind.WEBHOOK, address__regex="^https?://[^@#?]+$")
                | Q(kind=EndpointKind.FILE, address=""),
                name="endpoint_has_an_address_or_a_folder",
            ),
            models.CheckConstraint(
                condition=Q(events__contained_by=Told.values) & Q(events__len__gt=0), name="endpoint_events_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="endpoint_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["system", "county", "kind", "address"],
                condition=Q(ends_at__isnull=True),
                name="endpoint_once_by_address",
            ),
        ]


class EndpointSecret(models.Model):
    """The sealed secret by which messages are signed, going and coming. Read by the jobs that do so."""

    endpoint = models.OneToOneField(Endpoint, models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    class Privacy:
        plain = ("endpoint",)
        secret = ("sealed",)


class Outgoing(models.Model):
    """One message to one endpoint, written in the transaction of the act it tells of. It names no person.

    `id` is the order of writing; `number` is given when it is first taken up for sending, without gaps. The message
    itself is made from these columns each time, so that a second sending has the same bytes. The database refuses
    `data` with other keys than `events.DATA_KEYS`, and values in which a name would fit.
    """

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="+")
    matter_id = models.UUIDField(null=True)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    """The number under which the receiver knows the report or the roster."""
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    number = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    """Of files: the day whose file holds it."""
    state = models.CharField(max_length=8, choices=Going.choices, default=Going.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    """Not before; None for at once."""
    failing_since = models.DateTimeField(null=True)
    because = models.CharField(max_length=12, blank=True)
    """Why the last try failed, as a code."""
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    handed_back_at = models.DateTimeField(null=True)
    given_up = models.CharField(max_length=16, choices=GivenUp.choices, blank=True)

    class Privacy:
        plain = (
            "id", "event_id", "endpoint", "event", "subject", "data", "at", "recorded_at", "number", "day", "state",
            "tries", "try_at", "failing_since", "because", "sent_at", "acknowledged_at", "handed_back_at", "given_up",
        )  # fmt: skip
        linked = ("matter_id",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(event__regex=EVENTS), name="message_event_is_ours"),
            models.CheckConstraint(condition=Q(subject__regex=SUBJECTS), name="message_is_about_a_number"),
            models.CheckConstraint(condition=Q(state__in=Going.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(state=Going.SENT, sent_at__isnull=False, number__isnull=False)
                | (~Q(state=Going.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_has_its_instant",
            ),
            models.CheckConstraint(
                condition=(Q(state=Going.GIVEN_UP) & ~Q(given_up="")) | (~Q(state=Going.GIVEN_UP) & Q(given_up="")),
                name="message_given_up_says_why",
            ),
            models.UniqueConstraint(fields=["endpoint", "number"], name="message_number_once"),
        ]
        indexes = [
            models.Index(fields=["endpoint", "number"], condition=Q(state="waiting"), name="messages_waiting"),
            models.Index(fields=["endpoint", "id"], condition=Q(number=None), name="messages_not_numbered"),
            models.Index(fields=["endpoint", "number"], condition=Q(state="dead"), name="messages_dead"),
            models.Index(fields=["endpoint", "day"], condition=Q(day__isnull=False), name="messages_of_day"),
        ]


class Attempt(models.Model):
    """One try to send a message: when, what the other side answered (a status, no words), how long it took."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    message = models.ForeignKey(Outgoing, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    because = models.CharField(max_length=12, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Privacy:
        plain = ("id", "message", "at", "status", "because", "milliseconds")

    class Meta:
        indexes = [models.Index(fields=["message", "at"], name="attempts_of_message")]
