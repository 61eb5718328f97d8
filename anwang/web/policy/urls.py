"""The rules, the calendar of working days, and one rule."""

from django.urls import path

from . import views

app_name = "policy"
urlpatterns = [
    path("policy", views.index, name="index"),
    path("policy/calendar", views.calendar, name="calendar"),
    path("policy/counties", views.counties, name="counties"),
    path("policy/<str:rule_id>", views.rule, name="rule"),
    path("policy/<str:rule_id>/compare", views.compare, name="compare"),
]
