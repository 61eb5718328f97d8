"""Vocabularies of meetings of policy and their minutes, and what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Whose meeting it is; who reads its minutes depends on it."""

    CABINET = "cabinet", _("行政院")
    MINISTRY = "ministry", _("中央部會")
    COUNTY = "county", _("縣市政府")
    AREA = "area", _("縣市分區")
    OTHER = "other", _("其他機關")


class SittingState(models.TextChoices):
    """How far a sitting and its minutes are. Imported minutes begin as a draft: read, not yet looked through."""

    PLANNED = "planned", _("籌備中")
    DRAFT = "draft", _("紀錄草稿")
    SENT = "sent", _("已發送，等下次會議確認")
    CONFIRMED = "confirmed", _("已確認")
    CALLED_OFF = "called_off", _("取消")


SITTING_TRANSITIONS = {
    SittingState.PLANNED: {SittingState.DRAFT, SittingState.CALLED_OFF},
    SittingState.DRAFT: {SittingState.SENT},
    SittingState.SENT: {SittingState.CONFIRMED},
}
OUT = frozenset({SittingState.SENT, SittingState.CONFIRMED})
"""Minutes that others may read, and whose words no longer change."""


class ItemKind(models.TextChoices):
    """What a point of the agenda is."""

    FOLLOWUP = "followup", _("前次會議決議辦理情形")
    REPORT = "report", _("報告案")
    DISCUSSION = "discussion", _("討論案")
    MOTION = "motion", _("臨時動議")
    QUESTION = "question", _("提問")


class Speaks(models.TextChoices):
    """As whom somebody spoke on a point."""

    CHAIR = "chair", _("主席")
    UNIT = "unit", _("單位")


class TrackingWord(models.TextChoices):
    """How a decision says that a tracked case goes on."""

    RELEASED = "released", _("解除列管")
    CONDITION = "released_with_condition", _("附條件解除列管")
    CONTINUED = "continued", _("繼續列管")
    SPECIAL = "special_meeting", _("另開專案會議")


class Settled(models.TextChoices):
    """How a person settled what was uncertain. Empty while nobody has."""

    OPEN = "", _("還沒看")
    AS_PRINTED = "as_printed", _("原文就是這樣")
    CORRECTED = "corrected", _("更正讀法")
    ASKED = "asked", _("請開會機關更正")


class Attends(models.TextChoices):
    """As what somebody is at a sitting."""

    CHAIR = "chair", _("主持")
    MEMBER = "member", _("出席")
    GUEST = "guest", _("列席")
    RECORDER = "recorder", _("紀錄")


class Came(models.TextChoices):
    """How somebody attended. Empty until the sitting was held."""

    UNKNOWN = "", _("還不知道")
    PRESENT = "present", _("到場")
    VIDEO = "video", _("視訊")
    REPRESENTED = "represented", _("派人代理")
    AWAY = "away", _("請假")
    ABSENT = "absent", _("缺席")
