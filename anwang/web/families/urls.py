"""Families: the index, one family, and who counts in."""

from django.urls import path

from . import forms_pages, picture, views

app_name = "families"
urlpatterns = [
    path("families", views.index, name="index"),
    path("families/new", forms_pages.open_new, name="new"),
    path("families/<str:number>", views.family, name="family"),
    path("families/<str:number>/picture", picture.picture, name="picture"),
    path("families/<str:number>/case", forms_pages.attach, name="attach"),
    path("families/<str:number>/count-in", forms_pages.count_in, name="count_in"),
    path("families/<str:number>/count-out", forms_pages.count_out, name="count_out"),
]
