"""布建, a tab of the desk of steering."""

from django.urls import path

from . import posts_views, views

app_name = "deployment"
urlpatterns = [
    path("deployment", views.index, name="index"),
    path("deployment/new", views.new, name="new"),
    path("deployment/import", views.bring, name="import"),
    path("deployment/figures/<uuid:figure_id>/withdraw", views.withdraw, name="withdraw"),
    path("deployment/figures/<uuid:figure_id>/<slug:to>", views.move, name="move"),
    path("deployment/posts", posts_views.index, name="posts"),
    path("deployment/posts/new", posts_views.new, name="new_posts"),
    path("deployment/posts/<uuid:request_id>", posts_views.request_page, name="request"),
    path("deployment/posts/<uuid:request_id>/decide", posts_views.decide, name="decide"),
]
