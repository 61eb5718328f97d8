"""Vocabularies of rosters and how a row moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RowState(models.TextChoices):
    """What became of a row when its file was read, and afterwards."""

    ACCEPTED = "accepted", _("收下")
    REJECTED = "rejected", _("退件")
    MENDED = "mended", _("已補正")
    """Rejected once; the same child came again and was accepted (`mended_by`)."""
    WITHDRAWN = "withdrawn", _("撤回")
    """The sender takes it back; somebody said why."""


ROW_TRANSITIONS = {
    RowState.ACCEPTED: {RowState.WITHDRAWN},
    RowState.REJECTED: {RowState.MENDED, RowState.WITHDRAWN},
}


class Withdrawal(models.TextChoices):
    """What a second person said of a row that the sender takes back."""

    ASKED = "asked", _("等第二人確認")
    CONFIRMED = "confirmed", _("確認撤回")
    SENT_BACK = "sent_back", _("不同意撤回")


class Taken(models.TextChoices):
    """How an accepted row came to its report."""

    OPENED = "opened", _("新開通報")
    JOINED = "joined", _("併入進行中的通報")


class Match(models.TextChoices):
    """What the rule says of the child and the records that are there already."""

    NEW = "new", _("查無相近資料")
    SAME = "same", _("同一人")
    """Number, name and day of birth all agree, and nothing speaks against it."""
    PERSON = "person", _("人工研判")
    """Something agrees; a person decides on the report's page."""


class Seen(models.TextChoices):
    """How far the child is, as its case says."""

    WAITING = "waiting", _("還沒轉成通報")
    UNTRIED = "untried", _("未訪")
    NOT_MET = "not_met", _("未遇")
    MET = "met", _("已見到")
    ENDED = "ended", _("決定不開案或已結束")


class AlarmKind(models.TextChoices):
    """What is wrong with a feed, a file or a row, until somebody has put it right."""

    STALE = "stale", _("名冊沒有來")
    COUNT = "count", _("筆數不符")
    HASH = "hash", _("雜湊不符")
    REJECTED = "rejected", _("退件未補正")
    NOT_TAKEN = "not_taken", _("未轉成通報")
    NOT_VISITED = "not_visited", _("逾期未訪")
