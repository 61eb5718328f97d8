"""Vocabularies of meetings and rooms that are no codes of policy, and what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """How far a meeting is."""

    PLANNED = "planned", _("籌備中")
    HELD = "held", _("已開會，紀錄未確認")
    CONFIRMED = "confirmed", _("紀錄已確認")
    CLOSED = "closed", _("已結束")
    CALLED_OFF = "called_off", _("取消")


MEETING_TRANSITIONS = {
    MeetingState.PLANNED: {MeetingState.HELD, MeetingState.CALLED_OFF},
    MeetingState.HELD: {MeetingState.CONFIRMED},
    MeetingState.CONFIRMED: {MeetingState.CLOSED},
}


class Side(models.TextChoices):
    """Which parts of an agenda a member reads where a family has two sides."""

    HERS = "hers", _("被害人側與不分側")
    HIS = "his", _("相對人側")
    BRIDGE = "bridge", _("兩側（主持、紀錄、橋接）")


class Answer(models.TextChoices):
    """What somebody invited says."""

    WAITING = "", _("還沒回覆")
    COMES = "comes", _("會到")
    VIDEO = "video", _("用視訊")
    SENDS = "sends", _("派人代理")
    WRITES = "writes", _("書面意見")
    CANNOT = "cannot", _("不能來")


class AnsweredHow(models.TextChoices):
    """Through what an answer or an acknowledgement came; receivers without an account are answered by proxy."""

    SYSTEM = "system", _("系統內")
    PHONE = "phone", _("電話，代登")
    LETTER = "letter", _("公文，代登")


class Origin(models.TextChoices):
    """Why something stands on an agenda, or waits to."""

    UNIT = "unit", _("單位提案")
    UNITS = "units", _("單位數達開會條件")
    LISTED = "listed", _("高危機列管中")


class Tracking(models.TextChoices):
    """列管狀態 of a decision."""

    NOTED = "noted", _("不列管")
    TRACKED = "tracked", _("列管")
    CONTINUED = "continued", _("繼續列管")
    RELEASED = "released", _("解除列管")
    CONDITION = "condition", _("附條件解除")
    SPECIAL = "special", _("另開專案會議")


OPEN_TRACKING = frozenset({Tracking.TRACKED, Tracking.CONTINUED, Tracking.SPECIAL})
RULINGS = frozenset({Tracking.CONTINUED, Tracking.RELEASED, Tracking.CONDITION, Tracking.SPECIAL})
TRACKING_TRANSITIONS = dict.fromkeys((Tracking.TRACKED, Tracking.CONTINUED, Tracking.SPECIAL), RULINGS)


class EntrySort(models.TextChoices):
    """What somebody wrote into an urgent-case room."""

    MESSAGE = "message", _("訊息")
    STEP = "step", _("處置")


class ReviewState(models.TextChoices):
    """How far an incident review is."""

    OPEN = "open", _("檢討中")
    FOUND = "found", _("已提出發現")
    CLOSED = "closed", _("檢討結束")


REVIEW_TRANSITIONS = {ReviewState.OPEN: {ReviewState.FOUND}, ReviewState.FOUND: {ReviewState.CLOSED}}
