"""Schedules of a case, my calendar, its feed (the secret is the key, no log-in), figures."""

from django.urls import path

from . import calendar_views, views

app_name = "followups"
_CASE, _COURSE = "cases/<str:number>/schedule", "schedules/<uuid:course_id>"
urlpatterns = [
    path(_CASE, views.schedule, name="schedule"),
    path(f"{_CASE}/begin", views.begin, name="begin"),
    path(f"{_COURSE}/level", views.level, name="level"),
    path(f"{_COURSE}/long", views.long, name="long"),
    path(f"{_COURSE}/look", views.look, name="look"),
    path(f"{_COURSE}/end", views.end, name="end"),
    path(f"{_COURSE}/missed", views.explain_all, name="explain_all"),
    path("schedules/windows/<uuid:window_id>", views.explain, name="explain"),
    path("schedules/figures", calendar_views.figures, name="figures"),
    path("calendar", calendar_views.calendar, name="calendar"),
    path("calendar/address", calendar_views.make_feed, name="make_feed"),
    path("calendar/address/end", calendar_views.revoke_feed, name="revoke_feed"),
    path("calendar/<str:secret>.ics", calendar_views.feed, name="feed"),
]
