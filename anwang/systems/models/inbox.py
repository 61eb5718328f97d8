"""What other systems told us: each message once, in the order the sender gave it."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Jurisdiction
from anwang.foundation.uuid7 import uuid7
from anwang.systems.events import Coming, GivenUp

from .system import System


class Incoming(models.Model):
    """A signed message of another system. Its id is the sender's: the same id again is the same message.

    `subject` is kept only where it is a number of ours; whatever else the message holds is sealed in `IncomingBody`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    event_id = models.UUIDField()
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    """The message of ours that it answers."""
    number = models.BigIntegerField(null=True)
    """The sender's own counting; a gap is a message that is missing."""
    sha256 = models.CharField(max_length=64)
    happened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=Coming.choices, default=Coming.RECEIVED)
    done_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=24, blank=True)
    settled = models.CharField(max_length=16, choices=GivenUp.choices, blank=True)

    class Privacy:
        plain = (
            "id", "system", "county", "event_id", "event", "subject", "about_id", "number", "sha256", "happened_at",
            "received_at", "state", "done_at", "because", "settled",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "county", "event_id"], name="incoming_once_by_system"),
            models.CheckConstraint(condition=Q(state__in=Coming.values), name="incoming_state_known"),
            models.CheckConstraint(
                condition=Q(state=Coming.RECEIVED, done_at__isnull=True)
                | (~Q(state=Coming.RECEIVED) & Q(done_at__isnull=False)),
                name="incoming_settled_has_its_instant",
            ),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gt=0), name="incoming_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["system", "county", "number"], name="incoming_in_order"),
            models.Index(fields=["received_at"], condition=Q(state="received"), name="incoming_waiting"),
        ]


class IncomingBody(models.Model):
    """The bytes as they came, sealed: nobody promises that another house keeps names out of its messages."""

    message = models.OneToOneField(Incoming, models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    class Privacy:
        plain = ("message",)
        secret = ("sealed",)
