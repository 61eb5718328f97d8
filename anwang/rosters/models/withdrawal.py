"""That a sender takes a rejected row back: one person writes why, another confirms."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.rosters.states import Withdrawal

from .row import RosterRow


class RosterWithdrawal(models.Model):
    """Asked for by one, decided by another; a row is withdrawn only where one of these was confirmed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    row = models.ForeignKey(RosterRow, models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    because = models.CharField(max_length=24)
    """Code of `roster.withdrawal`."""
    words = models.CharField(max_length=300)
    """What the sender said, and who said it."""
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=Withdrawal.choices, default=Withdrawal.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_words = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "row", "file_id", "because", "asked_by", "asked_at", "state", "decided_by", "decided_at",
            "recorded_at",
        )  # fmt: skip
        sensitive = ("words", "decided_words")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["row"], condition=Q(state__in=["asked", "confirmed"]), name="roster_row_withdrawn_once"
            ),
            models.CheckConstraint(condition=~Q(because="") & ~Q(words=""), name="roster_withdrawal_says_why"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(state__in=["confirmed", "sent_back"], decided_by__isnull=False, decided_at__gte=F("asked_at"))
                    & ~Q(decided_by=F("asked_by"))
                ),
                name="roster_withdrawal_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(decided_words=""), name="roster_withdrawal_sent_back_says_why"
            ),
        ]
