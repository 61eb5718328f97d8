"""Programmes of the other party: the list, one of them, its forms. Nothing in an address says who."""

from django.urls import path

from . import act_views, views

app_name = "treatment"
_ONE = "treatment/<uuid:programme_id>"
urlpatterns = [
    path("treatment", views.index, name="index"),
    path("treatment/new", act_views.register, name="register"),
    path(_ONE, views.programme, name="programme"),
    path(f"{_ONE}/plan", act_views.plan, name="plan"),
    path(f"{_ONE}/sessions", act_views.sessions, name="sessions"),
    path(f"{_ONE}/missed", act_views.missed, name="missed"),
    path(f"{_ONE}/threat", act_views.threat, name="threat"),
    path(f"{_ONE}/end", act_views.end, name="end"),
    path(f"{_ONE}/reported", act_views.reported, name="reported"),
    path(f"{_ONE}/session/<uuid:session_id>", act_views.came, name="came"),
    path(f"{_ONE}/missed/<uuid:missed_id>/told", act_views.told, name="told"),
    path(f"{_ONE}/missed/<uuid:missed_id>/then", act_views.then, name="then"),
    path(f"{_ONE}/threat/<uuid:threat_id>", act_views.warned, name="warned"),
]
