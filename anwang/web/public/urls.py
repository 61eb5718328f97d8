"""The pages for everybody. The language is part of the address; nothing else ever is."""

from django.urls import path

from . import views

app_name = "public"
urlpatterns = [
    path("report", views.form, name="form"),
    path("report/leave", views.leave, name="leave"),
    path("report/status", views.status, name="status"),
    path("report/status/<slug:lang>", views.status, name="status_in"),
    path("report/<slug:lang>", views.form, name="form_in"),
]
