"""Zones, purposes and circles: the words in which a grant is written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """How closely a part of a file is kept. Each is granted by itself; none implies another."""

    WORK = "work", _("工作資訊")
    """That the matter exists, who answers, what is next."""
    CASE = "case", _("個案內容")
    SPECIAL = "special", _("特種內容")
    SAFETY = "safety", _("安全區")
    """Addresses in hiding, safe contact."""
    REPORTER = "reporter", _("通報人身分")


class Purpose(models.TextChoices):
    """Why somebody reads (目的). Shown on the page foot and kept with every reading."""

    INTAKE = "intake", _("受理通報")
    DUTY = "duty", _("值班處理")
    CASEWORK = "casework", _("個案服務")
    SUPERVISION = "supervision", _("督導審核")
    PAPERWORK = "paperwork", _("公文處理")
    STATISTICS = "statistics", _("業務統計")
    ADMINISTRATION = "administration", _("系統管理")


class Circle(models.TextChoices):
    """On whose side a file stands when a family has two sides (被害人側／相對人側)."""

    VICTIM = "victim", _("被害人側")
    OTHER = "other", _("相對人側")
    NEUTRAL = "neutral", _("不分側")


class RestrictionReason(models.TextChoices):
    """Why only named readers see a file (限閱)."""

    STAFF_RELATIVE = "staff_relative", _("同仁或其親屬")
    PUBLIC_FIGURE = "public_figure", _("公眾人物")
    MEDIA = "media", _("媒體關注")
    OTHER = "other", _("其他")
