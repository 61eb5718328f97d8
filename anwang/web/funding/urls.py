"""Money: a year's grants, one grant with its quarters, lines and shares, fiscal tiers."""

from django.urls import path

from . import grant_views, keeping_views, views

app_name = "funding"
_GRANT, _LINE = "funds/grants/<uuid:grant_id>", "funds/lines/<uuid:line_id>"
urlpatterns = [
    path("funds", views.index, name="index"),
    path("funds/tiers", views.tiers, name="tiers"),
    path("funds/tiers/new", keeping_views.tier, name="register_tier"),
    path("funds/lines", views.lines, name="lines"),
    path("funds/lines/new", keeping_views.line, name="open_line"),
    path(_LINE, views.line, name="line"),
    path(f"{_LINE}/share", keeping_views.share, name="share"),
    path("funds/grants/new", grant_views.give, name="give"),
    path(_GRANT, views.grant, name="grant"),
    path(f"{_GRANT}/change", grant_views.change, name="change"),
    path(f"{_GRANT}/quarter", grant_views.quarter, name="quarter"),
    path(f"{_GRANT}/remind", grant_views.remind, name="remind"),
    path(f"{_GRANT}/settle", grant_views.settle, name="settle"),
    path(f"{_GRANT}/returned", grant_views.returned, name="returned"),
]
