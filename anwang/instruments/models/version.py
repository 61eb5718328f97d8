"""A version of an instrument as it was first published here."""

from django.db import models
from django.db.models import Q


class Version(models.Model):
    """The body of one version of an instrument, by its hash. Never changes: a form filled with it is read with it.

    The files of `policy/` may be mended only by a later version. Publishing another body for the same instrument,
    day and county is refused by the database, so a changed file cannot be used.
    """

    hash = models.CharField(primary_key=True, max_length=64)
    instrument = models.CharField(max_length=40)
    """Id of the rule, such as `mood.bsrs5`."""
    from_on = models.DateField()
    county = models.CharField(max_length=5, blank=True)
    """Empty for the nation's version."""
    body = models.JSONField()
    """As `rulebook.Version.stored`; `Rulebook.revive` reads it."""
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("hash", "instrument", "from_on", "county", "body", "published_at", "published_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "from_on", "county"], name="instrument_version_once"),
            models.UniqueConstraint(fields=["hash", "instrument"], name="version_of_its_instrument"),
            models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="version_hash_is_sha256"),
        ]
