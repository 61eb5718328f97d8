"""The words of accounts: how somebody came in, and what a review found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How a session began."""

    PASSKEY = "passkey", _("通行金鑰")
    PASSWORD = "password", _("密碼")
    CODE = "code", _("密碼和驗證碼")
    RECOVERY = "recovery", _("密碼和備用碼")
    AGENCY = "agency", _("機關帳號")
    CARD = "card", _("示範卡")


class Outcome(models.TextChoices):
    """What the quarterly review of an account found."""

    KEPT = "kept", _("還在用，照舊")
    ENDED = "ended", _("不該再有，停用")


class Owes(models.TextChoices):
    """What a session must do before anything else."""

    SECOND_FACTOR = "second_factor", _("還沒有第二道驗證")
    PASSWORD = "password", _("密碼到期了")
