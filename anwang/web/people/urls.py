"""People: search (a POST, so that no name stands in an address), a person, and what is written about him."""

from django.urls import path

from . import search, views, writing

app_name = "people"
urlpatterns = [
    path("people/search", search.search, name="search"),
    path("people/<uuid:person_id>", views.person, name="person"),
    path("people/<uuid:person_id>/safety", views.open_safety, name="open_safety"),
    path("people/<uuid:person_id>/name", views.open_name, name="open_name"),
    path("people/<uuid:person_id>/identity", views.decide, name="decide"),
    path("people/<uuid:person_id>/add/<slug:what>", writing.add, name="add"),
    path("people/<uuid:person_id>/end/<slug:what>/<uuid:row_id>", writing.end, name="end"),
]
