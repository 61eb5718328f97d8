"""Requests of other agencies for the contents of a file."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.disclosure.states import RequestState
from anwang.foundation.uuid7 import uuid7

from .looking import Hit


class Request(models.Model):
    """資料請求: reason, kind, contents, purpose and term, decided by the unit that answers for the file.

    It follows a hit whose contact was told, or came by letter (`agency`, `letter_number`) and was registered by
    somebody of the file. What was granted is a grant because of it, ended with its term or its withdrawal.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    file_id = models.UUIDField()
    hit = models.ForeignKey(Hit, models.PROTECT, null=True, related_name="+")
    for_file_id = models.UUIDField(null=True)
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=80, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    county = models.CharField(max_length=5)
    """Of the file's own unit."""
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    purpose = models.CharField(max_length=24)
    basis = models.CharField(max_length=24)
    kind = models.CharField(max_length=12)
    contents = ArrayField(models.CharField(max_length=16))
    reason = models.CharField(max_length=500)
    until_on = models.DateField()
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    granted = ArrayField(models.CharField(max_length=16), default=list)
    expires_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=16, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id", "number", "hit", "from_unit", "agency", "letter_number", "county", "asked_by", "asked_at",
            "recorded_at", "purpose", "basis", "kind", "contents", "until_on", "renews", "state", "decided_by",
            "decided_at", "granted", "expires_at", "refusal", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip
        linked = ("file_id", "for_file_id")
        sensitive = ("reason", "answer")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(
                condition=Q(hit__isnull=False, from_unit__isnull=False, agency="")
                | Q(hit__isnull=True, from_unit__isnull=True) & ~Q(agency=""),
                name="request_comes_from_a_unit_or_an_agency",
            ),
            models.CheckConstraint(condition=Q(contents__len__gt=0), name="request_asks_for_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "partly"])
                | (Q(decided_at__isnull=False, expires_at__isnull=False, granted__len__gt=0)),
                name="granted_request_has_its_term",
            ),
            models.CheckConstraint(
                condition=Q(granted__contained_by=models.F("contents")), name="granted_was_asked_for"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (Q(decided_at__isnull=False) & ~Q(refusal="")),
                name="refused_request_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("asked_by")) | Q(hit__isnull=True),
                name="nobody_grants_his_own_request",
            ),
            models.UniqueConstraint(
                fields=["hit"], condition=Q(state="asked", hit__isnull=False), name="one_open_request_of_a_hit"
            ),
        ]
        indexes = [
            models.Index(fields=["file_id"], name="requests_of_file"),
            models.Index(fields=["asked_by", "asked_at"], name="requests_of_worker"),
        ]
