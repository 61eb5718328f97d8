"""Fixed vocabularies of the directory: kinds of unit, roles at a post, kinds of absence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

CENTRE = "99000"
"""The jurisdiction of the ministries."""


class UnitKind(models.TextChoices):
    """What a unit is in the network. Only public kinds can be accountable (see `Unit.is_public`)."""

    MINISTRY = "ministry", _("中央主管機關")
    COUNTY = "county", _("縣（市）政府")
    BUREAU = "bureau", _("局（處）")
    INTAKE = "intake", _("通報調查處理中心／集中受理窗口")
    PROTECTION = "protection", _("家防中心")
    WELFARE = "welfare", _("社福中心")
    MENTAL_HEALTH = "mental_health", _("心衛中心")
    HEALTH = "health", _("衛生局（所）")
    POLICE = "police", _("警察機關")
    SCHOOL = "school", _("學校")
    HOSPITAL = "hospital", _("醫院")
    YOUTH = "youth", _("少輔會")
    TOWNSHIP = "township", _("鄉（鎮、市、區）公所")
    COURT = "court", _("法院")
    PROSECUTOR = "prosecutor", _("檢察署")
    NGO = "ngo", _("民間團體")
    OTHER = "other", _("其他單位")


class Role(models.TextChoices):
    """A role at a post = home page + rights + demonstration card (`access.roles` gives the rights)."""

    SCREENER = "screener", _("篩派案人員")
    SCREENING_SUPERVISOR = "screening_supervisor", _("篩派案督導")
    DUTY_WORKER = "duty_worker", _("值班社工")
    DUTY_SUPERVISOR = "duty_supervisor", _("值班督導")
    INVESTIGATOR = "investigator", _("調查社工")
    SOCIAL_WORKER = "social_worker", _("社工")
    CARE_VISITOR = "care_visitor", _("關懷訪視員")
    NURSE = "nurse", _("公共衛生護理師")
    SUPERVISOR = "supervisor", _("督導")
    CHIEF = "chief", _("主管")
    CLERK = "clerk", _("收發文人員")
    NGO_WORKER = "ngo_worker", _("承辦社工（民間團體）")
    NGO_SUPERVISOR = "ngo_supervisor", _("督導（民間團體）")
    ADMINISTRATOR = "administrator", _("系統管理")
    PRIVACY_OFFICER = "privacy_officer", _("個資保護窗口")
    NETWORK_GUEST = "network_guest", _("受邀的網絡成員")
    OFFICER = "officer", _("業務承辦人")


class AbsenceKind(models.TextChoices):
    """Why a worker is away. The reason itself is not kept: it is nobody's business here."""

    LEAVE = "leave", _("請假")
    TRAINING = "training", _("受訓")
    DUTY_REST = "duty_rest", _("值班補休")


SUPERVISING = frozenset({Role.SUPERVISOR, Role.SCREENING_SUPERVISOR, Role.DUTY_SUPERVISOR, Role.NGO_SUPERVISOR})
"""Roles that sign for others (送審的受理人). 主管 (chief) signs only where no supervisor is appointed."""

NOT_CASEWORK = frozenset(
    {Role.CLERK, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.CHIEF, Role.NETWORK_GUEST, Role.OFFICER}
)
"""Roles to which nothing about a family is handed."""

SUPERVISING_POST = "supervising"
"""The post shared by a unit's supervising roles: duties and grants name it instead of each role."""
