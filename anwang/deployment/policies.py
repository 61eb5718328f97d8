"""Who states a figure, publishes it, asks for posts and decides them. Each answer is a Verdict."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer

from .models import Figure, PostsRequest


def may_see(viewer: Viewer) -> Verdict:
    """The board: whoever steers at a public authority."""
    return YES if standing(viewer).steers else no(_("布建由中央和縣市的業務承辦、主管查看。需要數字請洽主管。"))


def may_state(viewer: Viewer, county: str) -> Verdict:
    """State a figure of a county: that county itself, or the ministry."""
    found = standing(viewer)
    if found.is_ministry or (found.steers and found.county == county):
        return YES
    return no(_("數字由該縣市或中央填報。請洽該縣市的業務承辦。"))


def may_move(viewer: Viewer, figure: Figure) -> Verdict:
    """Send, publish or withdraw a figure: the county whose it is before it is published; the ministry always."""
    found = standing(viewer)
    if found.is_ministry or (figure.unit_id in found.units and figure.reach != "published"):
        return YES
    return no(_("這筆數字由填報的單位處理；公布後由中央處理。"))


def may_publish(viewer: Viewer) -> Verdict:
    return YES if standing(viewer).is_ministry else no(_("數字由中央公布。請先送中央。"))


def may_ask_posts(viewer: Viewer, county: str) -> Verdict:
    """Ask for posts to be allocated anew: the county whose centres change."""
    found = standing(viewer)
    if found.steers and not found.is_ministry and found.county == county:
        return YES
    return no(_("人力配置由該縣市提出。請洽該縣市的業務承辦。"))


def may_decide_posts(viewer: Viewer, request: PostsRequest) -> Verdict:
    """Decide them: the unit of the ministry that was asked, and not who asked."""
    if request.decides_id in standing(viewer).ministry and viewer.worker_id != request.by:
        return YES
    return no(_("人力配置由受理的中央單位決定。"))
