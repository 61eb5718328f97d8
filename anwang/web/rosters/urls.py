"""Feeds and alarms, loading a file, one file with its ledger, mending a row."""

from django.urls import path

from . import acts, views

app_name = "rosters"
urlpatterns = [
    path("rosters", views.index, name="index"),
    path("rosters/new", acts.load_file, name="new"),
    path("rosters/expected", acts.expect, name="expect"),
    path("rosters/feeds/<uuid:feed_id>/end", acts.end, name="end"),
    path("rosters/rows/<uuid:row_id>", acts.mend, name="row"),
    path("rosters/rows/<uuid:row_id>/withdraw", acts.withdraw, name="withdraw"),
    path("rosters/rows/<uuid:row_id>/decide", acts.decide, name="decide"),
    path("rosters/<str:number>", views.file, name="file"),
    path("rosters/<str:number>/slip", acts.slip, name="slip"),
    path("rosters/<str:number>/settle", acts.settle, name="settle"),
    path("rosters/<str:number>/take", acts.take, name="take"),
]
