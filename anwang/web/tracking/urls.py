"""Tracked decisions of minutes, who was told of them, the line from a sentence to a number."""

from django.urls import path

from . import decision_views, line_views, ruling_views, search_views, sitting_views, views

app_name = "tracking"
_DECISION = "sittings/tracked/<str:number>"
urlpatterns = [
    path("sittings/tracked", views.index, name="index"),
    path("sittings/lines", line_views.index, name="lines"),
    path("sittings/lines/<str:minutes>", line_views.minutes, name="minutes"),
    path("sittings/decisions/<uuid:sitting_id>", sitting_views.sitting, name="sitting"),
    path("sittings/decisions/<uuid:sitting_id>/tell", sitting_views.tell, name="tell"),
    path("sittings/decisions/<uuid:sitting_id>/status", sitting_views.status, name="status"),
    path("sittings/decisions/<uuid:sitting_id>/status/print", sitting_views.print_status, name="print"),
    path("sittings/decisions/<uuid:sitting_id>/fill", sitting_views.fill_again, name="fill"),
    path("sittings/decisions/<uuid:sitting_id>/rule", ruling_views.rule_together, name="rule_together"),
    path("sittings/search", search_views.search, name="search"),
    path("sittings/sentences/<uuid:text_id>", sitting_views.track, name="track"),
    path("sittings/relays/<uuid:relay_id>", sitting_views.receive, name="receive"),
    path("sittings/changes/<uuid:change_id>/withdraw", decision_views.withdraw, name="withdraw"),
    path(_DECISION, decision_views.decision, name="decision"),
    path(f"{_DECISION}/report", decision_views.report, name="report"),
    path(f"{_DECISION}/rule", decision_views.rule, name="rule"),
    path(f"{_DECISION}/link", decision_views.link, name="link"),
    path(f"{_DECISION}/unchanged", decision_views.unchanged, name="unchanged"),
    path(f"{_DECISION}/stop", decision_views.stop, name="stop"),
]
