"""限閱案件清冊 for supervisors and chiefs, and for the named readers of a file."""

from django.urls import path

from . import views

app_name = "restricted"
urlpatterns = [
    path("restricted", views.index, name="index"),
    path("restricted/new", views.new, name="new"),
    path("restricted/<uuid:restriction_id>/agree", views.agree, name="agree"),
    path("restricted/<uuid:restriction_id>/end", views.end, name="end"),
    path("restricted/<uuid:restriction_id>/readers", views.readers, name="readers"),
]
