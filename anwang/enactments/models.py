"""County values and approved rule changes: a dated layer over the files of `policy/`, and every version ever used."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7


class Enactment(models.Model):
    """A county's own value for a rule (本縣自訂), in the same envelope as the files, approved by two people."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule_id = models.CharField(max_length=80)
    county = models.CharField(max_length=5)
    body = models.JSONField()
    """The envelope: `{versions: [{from, cite|assumption, …}]}`."""
    proposed_by = models.UUIDField()
    approved_by = models.UUIDField()
    enacted_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "rule_id", "county", "body", "proposed_by", "approved_by", "enacted_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="enactment_needs_two_people"),
            models.UniqueConstraint(fields=["rule_id", "county"], name="one_enactment_per_rule_and_county"),
        ]


class PolicyVersion(models.Model):
    """The body of a rule version that decided something, by hash, so that a replay does not depend on files."""

    hash = models.CharField(primary_key=True, max_length=64)
    rule_id = models.CharField(max_length=80)
    body = models.JSONField()
    first_used_at = models.DateTimeField()

    class Privacy:
        plain = ("hash", "rule_id", "body", "first_used_at")
