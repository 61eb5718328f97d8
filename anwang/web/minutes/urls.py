"""Meetings of policy and their minutes."""

from django.urls import path

from . import drafting_views, planning_views, reading_views, views

app_name = "minutes"
_SITTING = "sittings/of/<uuid:sitting_id>"
_ITEM, _DECISION = f"{_SITTING}/items/<uuid:item_id>", f"{_SITTING}/decisions/<uuid:decision_id>"
urlpatterns = [
    path("sittings", views.index, name="index"),
    path("sittings/import", reading_views.bring, name="bring"),
    path("sittings/new", planning_views.plan, name="plan"),
    path("sittings/bodies", planning_views.bodies, name="bodies"),
    path("sittings/bodies/new", planning_views.found, name="found"),
    path("sittings/bodies/<uuid:body_id>", planning_views.series, name="series"),
    path("sittings/materials/<uuid:material_id>", views.material, name="material"),
    path(_SITTING, views.sitting, name="sitting"),
    path(f"{_SITTING}/text", views.text, name="text"),
    path(f"{_SITTING}/file", views.file, name="file"),
    path(f"{_SITTING}/check", reading_views.check, name="check"),
    path(f"{_SITTING}/check/<uuid:doubt_id>", reading_views.settle, name="settle"),
    path(f"{_SITTING}/head", reading_views.head, name="head"),
    path(f"{_SITTING}/series", reading_views.series, name="put"),
    path(f"{_SITTING}/split", reading_views.split, name="split"),
    path(f"{_SITTING}/throw", reading_views.throw, name="throw"),
    path(f"{_DECISION}", reading_views.decision, name="decision"),
    path(f"{_DECISION}/strike", reading_views.strike, name="strike"),
    path(f"{_ITEM}/mark", reading_views.mark, name="mark"),
    path(f"{_ITEM}", drafting_views.item, name="item"),
    path(f"{_ITEM}/move", planning_views.move, name="move"),
    path(f"{_ITEM}/drop", planning_views.drop, name="drop"),
    path(f"{_SITTING}/arrange", planning_views.arrange, name="arrange"),
    path(f"{_SITTING}/agenda", planning_views.agenda, name="agenda"),
    path(f"{_SITTING}/guests", planning_views.guests, name="guests"),
    path(f"{_SITTING}/guests/<uuid:guest_id>", planning_views.came, name="came"),
    path(f"{_SITTING}/papers", planning_views.papers, name="papers"),
    path(f"{_SITTING}/begin", planning_views.begin, name="begin"),
    path(f"{_SITTING}/off", planning_views.off, name="off"),
    path(f"{_SITTING}/opening", drafting_views.opening, name="opening"),
    path(f"{_SITTING}/amend", drafting_views.amend, name="amend"),
    path(f"{_SITTING}/amend/<uuid:amendment_id>", drafting_views.unamend, name="unamend"),
    path(f"{_SITTING}/adjourn", drafting_views.adjourn, name="adjourn"),
    path(f"{_SITTING}/print", drafting_views.as_paper, name="print"),
    path(f"{_SITTING}/send", drafting_views.send, name="send"),
    path(f"{_SITTING}/confirm", drafting_views.confirm, name="confirm"),
]
