"""What other systems are told and tell us, and what may become of such a message.

Names of events are part of the interface and never change their spelling.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

PREFIX = "tw.anwang."
REPORT_RECEIVED = "tw.anwang.report.received"
REPORT_DECIDED = "tw.anwang.report.decided"
REPORT_CLOSED = "tw.anwang.report.closed"
ROSTER_ACKNOWLEDGED = "tw.anwang.roster.acknowledged"
TRIAL = "tw.anwang.trial"

ACKNOWLEDGED = "tw.anwang.message.acknowledged"
HANDED_BACK = "tw.anwang.message.handed_back"
KNOWN_COMING = frozenset({ACKNOWLEDGED, HANDED_BACK, TRIAL})
"""What comes in and is understood; anything else is kept and marked."""


class Told(models.TextChoices):
    """An event another system may subscribe to."""

    REPORT_RECEIVED = REPORT_RECEIVED, _("通報已受理")
    REPORT_DECIDED = REPORT_DECIDED, _("通報已有決定")
    REPORT_CLOSED = REPORT_CLOSED, _("通報已辦結")
    ROSTER_ACKNOWLEDGED = ROSTER_ACKNOWLEDGED, _("名冊已收妥")
    TRIAL = TRIAL, _("試送")


class EndpointKind(models.TextChoices):
    """How an endpoint takes messages."""

    WEBHOOK = "webhook", _("即時推送")
    FILE = "file", _("每日檔案")


class Going(models.TextChoices):
    """What became of a message that goes out."""

    WAITING = "waiting", _("等候送出")
    SENT = "sent", _("已送出")
    DEAD = "dead", _("送不出去")
    GIVEN_UP = "given_up", _("不再送")


class Coming(models.TextChoices):
    """What became of a message that came in."""

    RECEIVED = "received", _("待處理")
    DONE = "done", _("已處理")
    UNKNOWN = "unknown", _("看不懂，留存")
    DEAD = "dead", _("處理不了")
    SETTLED = "settled", _("已人工處理")


class GivenUp(models.TextChoices):
    """Why a message is not sent any more, or one that came in is settled by hand."""

    TOLD_OTHERWISE = "told_otherwise", _("已用別的方式告知")
    NOT_NEEDED = "not_needed", _("對方不再需要")
    ENDPOINT_GONE = "endpoint_gone", _("對方已停用這個位址")
    SENT_BY_MISTAKE = "sent_by_mistake", _("對方誤送")


CODES = r"^[a-z0-9_]{1,40}$"
"""What a value in a message may look like: a code, nothing in which a name would fit."""
SUBJECTS = r"^[A-Z][A-Z0-9]{0,7}(-[A-Z0-9]{1,12}){1,3}$"
"""A number such as T115-4829-1307. An identity number has no dash and does not fit."""
EVENTS = r"^tw\.anwang\.[a-z]+(\.[a-z_]+)?$"
DATA_KEYS = ("class", "result")
