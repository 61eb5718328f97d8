"""What whoever reported gets back: the receipt of a form without log-in, and the reply to who had to report."""

from django.db import models
from django.db.models import F, Q

from anwang.documents.models import Paper
from anwang.foundation.uuid7 import uuid7
from anwang.intake.states import ReplyWay

from .report import Report


class Receipt(models.Model):
    """A receipt of the public form, for who asked for one: two random words, of which the second is kept nowhere.

    `number` alone opens nothing; the second word is compared with `digest`, keyed and salted (`actions.receipts`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    number = models.CharField(max_length=14, unique=True)
    salt = models.BinaryField()
    digest = models.BinaryField()
    made_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "report", "made_at")
        secret = ("number", "salt", "digest")

    class Meta:
        indexes = [models.Index(fields=["report"], name="receipts_of_report")]


class Reply(models.Model):
    """One reply (回覆) to who reported: a class of `report.reply_class` and nothing else.

    A reply by system is ready from `ready_at` and sent when that system fetched it; every other is sent at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    reply_class = models.CharField(max_length=24)
    way = models.CharField(max_length=8, choices=ReplyWay.choices)
    confirmed = models.CharField(max_length=16)
    """How it was made sure that this is the one who reported, at his post: a code of `report.reporter_confirmed`."""
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    ready_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id", "report", "reply_class", "way", "confirmed", "paper", "ready_at", "sent_at", "recorded_at", "by",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=ReplyWay.values), name="reply_goes_some_way"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(way=ReplyWay.SYSTEM), name="only_systems_fetch_replies"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("ready_at")), name="reply_sent_after_ready"
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(way=ReplyWay.LETTER), name="only_letters_are_papers"
            ),
            models.UniqueConstraint(fields=["report"], condition=Q(sent_at__isnull=True), name="one_reply_to_fetch"),
        ]
        indexes = [models.Index(fields=["report", "ready_at"], name="replies_of_report")]
