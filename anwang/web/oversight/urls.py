"""Who looked: the bench of the privacy officers, the record, and what everybody sees of himself."""

from django.urls import path

from . import own_views, views

app_name = "oversight"
urlpatterns = [
    path("oversight", views.index, name="index"),
    path("oversight/questions/<uuid:question_id>", views.question, name="question"),
    path("oversight/questions/<uuid:question_id>/ask", views.ask, name="ask"),
    path("oversight/questions/<uuid:question_id>/settle", views.settle, name="settle"),
    path("oversight/record", views.record, name="record"),
    path("oversight/mine", own_views.mine, name="mine"),
    path("oversight/mine/<uuid:question_id>/answer", own_views.answer, name="answer"),
    path("oversight/relatives", own_views.relatives, name="relatives"),
    path("oversight/relatives/<uuid:declaration_id>/end", own_views.end, name="end_relative"),
]
