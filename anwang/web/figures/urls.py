"""Months, one month, the records behind a cell, the spreadsheet."""

from django.urls import path

from . import views

app_name = "figures"
urlpatterns = [
    path("figures", views.index, name="index"),
    path("figures/<str:month>", views.month, name="month"),
    path("figures/<str:month>/ods", views.ods, name="ods"),
    path("figures/<str:month>/records", views.records, name="records"),
]
