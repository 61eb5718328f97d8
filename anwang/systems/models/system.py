"""Another system: who runs it, whom it serves, on which ways it talks with us."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When

from anwang.directory.models import Jurisdiction, Named
from anwang.foundation.uuid7 import uuid7
from anwang.systems.states import Channel, Reach


class System(Named, models.Model):
    """Another system (介接系統). Its `code` is the sender under which its records are known, for ever.

    Nothing here is about a person: the contact is an office and its telephone, never somebody's name. It is ended by
    `retired_at` and never deleted; a retired system holds no live token (a deferred key).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=80)
    """The authority or institution that answers for it."""
    reach = models.CharField(max_length=8, choices=Reach.choices)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    """Whose it is; None for a national one."""
    contact_unit = models.CharField(max_length=80)
    contact_phone = models.CharField(max_length=40, blank=True)
    channels = ArrayField(models.CharField(max_length=8))
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = models.UUIDField(null=True)
    live_id = models.GeneratedField(
        expression=Case(When(retired_at__isnull=True, then=F("id"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
        unique=True,
    )

    class Privacy:
        plain = (
            "id", "code", "name", "name_en", "agency", "reach", "county", "contact_unit", "contact_phone", "channels",
            "registered_at", "registered_by", "recorded_at", "retired_at", "retired_by", "live_id",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z][a-z0-9-]{1,23}$"), name="system_code_is_a_word"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(agency=""), name="system_has_a_name_and_an_agency"),
            models.CheckConstraint(
                condition=Q(reach=Reach.COUNTY, county__isnull=False) | Q(reach=Reach.NATIONAL, county__isnull=True),
                name="system_names_its_county_or_none",
            ),
            models.CheckConstraint(
                condition=Q(channels__contained_by=Channel.values) & Q(channels__len__gt=0),
                name="system_talks_on_known_channels",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("registered_at")),
                name="system_retires_after_it_came",
            ),
        ]
