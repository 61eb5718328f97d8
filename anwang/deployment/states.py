"""What a figure says, how far it has come, and how a request for posts ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Says(models.TextChoices):
    TARGET = "target", _("目標")
    ACTUAL = "actual", _("實際")
    FORECAST = "forecast", _("預估")


class Reach(models.TextChoices):
    """Who may see a figure: its own unit while it is a draft, the ministry when sent, all who steer when published."""

    DRAFT = "draft", _("草稿")
    SENT = "sent", _("已送中央")
    PUBLISHED = "published", _("已公布")


REACH_TRANSITIONS = {Reach.DRAFT: {Reach.SENT, Reach.PUBLISHED}, Reach.SENT: {Reach.PUBLISHED}}


class PostsState(models.TextChoices):
    ASKED = "asked", _("等中央決定")
    GRANTED = "granted", _("同意調整")
    OTHERWISE = "otherwise", _("另定配置")
    KEPT = "kept", _("維持原配置")


POSTS_TRANSITIONS = {PostsState.ASKED: {PostsState.GRANTED, PostsState.OTHERWISE, PostsState.KEPT}}
