"""Plans: one plan by the number of its case or of its family's lead."""

from django.urls import path

from . import paper, views, writing

app_name = "plans"
_PLAN = "plans/<str:number>"
urlpatterns = [
    path(_PLAN, views.plan, name="plan"),
    path(f"{_PLAN}/add/<slug:kind>", writing.add, name="add"),
    path(f"{_PLAN}/lines/<uuid:thread>", writing.change, name="change"),
    path(f"{_PLAN}/lines/<uuid:thread>/progress", writing.progress, name="progress"),
    path(f"{_PLAN}/lines/<uuid:thread>/withdraw", writing.withdraw, name="withdraw"),
    path(f"{_PLAN}/version", writing.publish, name="publish"),
    path(f"{_PLAN}/version/hand-in", writing.hand_in, name="hand_in"),
    path(f"{_PLAN}/paper", paper.paper, name="paper"),
]
