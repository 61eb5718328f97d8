"""Vocabularies of mental health care that are no codes of law."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anwang.directory.states import UnitKind

HEALTH_UNITS = (UnitKind.MENTAL_HEALTH, UnitKind.HEALTH)
"""Kinds of unit that serve in mental health."""


class Register(models.TextChoices):
    """In which register a line stands. The two are never one list."""

    PSYCHIATRIC = "psychiatric", _("精神照護名冊")
    SUICIDE = "suicide", _("自殺關懷名冊")


class RerouteState(models.TextChoices):
    ASKED = "asked", _("等回覆")
    ACCEPTED = "accepted", _("已接手")
    RETURNED = "returned", _("退回")
    WITHDRAWN = "withdrawn", _("撤回")


class RuleSet(models.TextChoices):
    """Under which rules a compulsory measure began."""

    COMMITTEE = "committee", _("審查會許可（舊制）")
    COURT = "court", _("法院裁定（新制）")


class MeasureKind(models.TextChoices):
    PLACEMENT = "placement", _("緊急安置")
    HOSPITAL = "hospital", _("強制住院")
    COMMUNITY = "community", _("強制社區治療")


class StepKind(models.TextChoices):
    """What happened to a compulsory measure."""

    PLACED = "placed", _("開始緊急安置")
    EXAMINED = "examined", _("完成強制鑑定")
    APPLIED = "applied", _("申請許可或聲請裁定")
    AID = "aid", _("通報法律扶助")
    GRANTED = "granted", _("許可或裁定")
    REFUSED = "refused", _("不許可或駁回")
    EXTENSION_ASKED = "extension_asked", _("申請延長")
    NOT_EXTENDED = "not_extended", _("決定不申請延長")
    APPEALED = "appealed", _("提起抗告或聲請停止")
    CARRIED = "carried", _("改適用新制")
    ENDED = "ended", _("停止")


class Danger(models.TextChoices):
    """Whom somebody in an emergency may hurt."""

    SELF = "self", _("可能傷害自己")
    OTHERS = "others", _("可能傷害別人")
    BOTH = "both", _("可能傷害自己和別人")
    NONE = "none", _("沒有立即傷害之虞")
    UNKNOWN = "unknown", _("還不知道")


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("有")
    NO = "no", _("沒有")
    UNKNOWN = "unknown", _("不知道")
