"""The registry of other systems, one system with its tokens, and the interface described for who writes to it."""

from django.urls import path

from . import api_page, views

app_name = "systems"
urlpatterns = [
    path("systems", views.index, name="index"),
    path("systems/new", views.new, name="new"),
    path("systems/of/<slug:code>", views.system, name="system"),
    path("systems/of/<slug:code>/tokens", views.issue, name="issue"),
    path("systems/of/<slug:code>/retire", views.retire, name="retire"),
    path("systems/tokens/<uuid:token_id>/revoke", views.revoke, name="revoke"),
    path("api/", api_page.described, name="api"),
]
