"""How a draft of a rule goes, and how a replay does."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """Written, open to comment, before its approvers; enacted or given up for good."""

    DRAFT = "draft", _("撰寫中")
    OPEN = "open", _("徵詢意見中")
    DECIDING = "deciding", _("等核准")
    ENACTED = "enacted", _("已核准")
    WITHDRAWN = "withdrawn", _("不提了")


S = DraftState
TRANSITIONS: dict[DraftState, frozenset[DraftState]] = {
    S.DRAFT: frozenset({S.OPEN, S.WITHDRAWN}),
    S.OPEN: frozenset({S.DECIDING, S.WITHDRAWN}),
    S.DECIDING: frozenset({S.ENACTED, S.DRAFT, S.WITHDRAWN}),
    S.ENACTED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
"""From deciding back to draft: an approver sent it back; comment and approvals begin anew."""


class Taken(models.TextChoices):
    """What the authors made of a comment."""

    YES = "yes", _("照意見改")
    PARTLY = "partly", _("改一部分")
    NO = "no", _("不改，說明理由")
    ANSWERED = "answered", _("是問題，已說明")


class ReplayState(models.TextChoices):
    """A replay waits for the worker, runs, and is done; a failed one says so."""

    WAITING = "waiting", _("等候中")
    RUNNING = "running", _("重算中")
    DONE = "done", _("算完了")
    FAILED = "failed", _("沒有算完")


class What(models.TextChoices):
    """What is replayed: advice on reports, due dates of duties, contacts owed by caseload."""

    REPORTS = "reports", _("通報的建議")
    DUTIES = "duties", _("應辦事項的期限")
    COURSES = "courses", _("列管個案的訪視")


REPLAYED = {"table": What.REPORTS, "duty": What.DUTIES, "schedule": What.COURSES}
"""By kind of rule. Values, lists and forms leave nothing that could be counted again."""
