"""Vocabularies of referral that are ours; codes with a source live in `policy/codelists/referrals.yaml`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    """Where a referral stands. The database moves it with its offer; the rest is said by people."""

    PREPARED = "prepared", _("準備中")
    SENT = "sent", _("等回覆")
    RETURNED = "returned", _("退回，待決定")
    ACCEPTED = "accepted", _("已接受")
    MET = "met", _("已首次聯繫")
    ENDED = "ended", _("有結果")
    GIVEN_UP = "given_up", _("不再轉介")


WITH_SENDER = frozenset({ReferralState.PREPARED, ReferralState.SENT, ReferralState.RETURNED})
"""Nobody has taken it on: the sender answers, and its case cannot end."""
TAKEN = frozenset({ReferralState.ACCEPTED, ReferralState.MET})
FINAL = frozenset({ReferralState.ENDED, ReferralState.GIVEN_UP})
TRANSITIONS = {
    ReferralState.PREPARED: {ReferralState.SENT, ReferralState.GIVEN_UP},
    ReferralState.SENT: {ReferralState.ACCEPTED, ReferralState.RETURNED},
    ReferralState.RETURNED: {ReferralState.SENT, ReferralState.GIVEN_UP},
    ReferralState.ACCEPTED: {ReferralState.MET, ReferralState.ENDED, ReferralState.RETURNED},
    ReferralState.MET: {ReferralState.ENDED, ReferralState.RETURNED},
}


class Sort(models.TextChoices):
    """What kind of referral it is for the kernel: `Matter.sort`."""

    PLAIN = "plain", _("轉介")
    STEP_DOWN = "step_down", _("兒保降階")


class StepKind(models.TextChoices):
    """What was done or said about a referral."""

    SENT = "sent", _("送出")
    ASKED_BACK = "asked_back", _("對方問")
    REPLIED = "replied", _("補充說明")
    RETURNED = "returned", _("退回")
    SENT_ON = "sent_on", _("改送")
    WITHDRAWN = "withdrawn", _("撤回")
    ACCEPTED = "accepted", _("接受")
    GIVEN_BACK = "given_back", _("接了又退回")
    CONTACTED = "contacted", _("首次聯繫")
    VISITED_TOGETHER = "visited_together", _("共同訪視")
    LOOKED_BACK = "looked_back", _("回看")
    CLOSED = "closed", _("結果")
    GIVEN_UP = "given_up", _("不再轉介")
    OPENED = "opened", _("對方開案")


class PlanState(models.TextChoices):
    """Where a transition with a day stands."""

    PLANNED = "planned", _("還沒有人接")
    ACCEPTED = "accepted", _("已有人接")
    DROPPED = "dropped", _("取消")


class AsWhat(models.TextChoices):
    """As what the one who comes home stands in a file."""

    VICTIM = "victim", _("這一件是為了受他傷害的人")
    MEMBER = "member", _("他是這一家的人")
    OWN = "own", _("他自己的案件")
    NOBODY = "nobody", _("還不知道要告訴誰")
