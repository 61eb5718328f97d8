"""Drafts of rules, reached from 規則."""

from django.urls import path

from . import acting_views, replay_views, views

app_name = "lab"
_DRAFT = "drafts/of/<uuid:draft_id>"
urlpatterns = [
    path("drafts", views.index, name="index"),
    path("drafts/new/<str:rule_id>", views.write, name="write"),
    path(_DRAFT, views.draft, name="draft"),
    path(f"{_DRAFT}/revise", views.revise, name="revise"),
    path(f"{_DRAFT}/comment", acting_views.comment, name="comment"),
    path(f"{_DRAFT}/move/<str:how>", acting_views.move, name="move"),
    path(f"{_DRAFT}/end/<str:how>", acting_views.end, name="end"),
    path(f"{_DRAFT}/replay", replay_views.ask, name="ask"),
    path("drafts/comments/<uuid:comment_id>", acting_views.answer, name="answer"),
    path("drafts/replays/<uuid:replay_id>", replay_views.replay, name="replay"),
]
