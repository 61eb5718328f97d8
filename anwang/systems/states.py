"""Vocabularies about other systems. Scopes are part of the interface and never change their spelling."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """Whose system it is: one county's, or one that serves the whole country."""

    COUNTY = "county", _("縣市")
    NATIONAL = "national", _("全國")


class Channel(models.TextChoices):
    """A way on which we and the other system talk."""

    API = "api", _("JSON介面")
    FHIR = "fhir", _("FHIR介面")
    ROSTER = "roster", _("名冊檔案")
    WEBHOOK = "webhook", _("通知推送")
    FILE = "file", _("檔案交換")


class Scope(models.TextChoices):
    """What a token opens. Each is given by itself; writing does not include reading."""

    REPORTS_WRITE = "reports:write", _("送通報（JSON）")
    REPORTS_READ = "reports:read", _("查自己送的通報進度（JSON）")
    FHIR_WRITE = "fhir:write", _("送通報（FHIR）")
    FHIR_READ = "fhir:read", _("查自己送的通報進度（FHIR）")
    ROSTERS_WRITE = "rosters:write", _("送名冊")
    EVENTS_WRITE = "events:write", _("送事件通知")


class TokenState(models.TextChoices):
    """What a token is worth now; never stored, always worked out from its dates."""

    LIVE = "live", _("有效")
    ENDING = "ending", _("快到期")
    EXPIRED = "expired", _("已到期")
    REVOKED = "revoked", _("已撤銷")
