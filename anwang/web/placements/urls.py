"""Places: supply and who waits, the register, and, from a case, choosing, moving, waiting and (traced) where he is."""

from django.urls import path

from . import case_views, keeping_views, views

app_name = "placements"
_ONE, _OF = "places/<uuid:provider_id>", "cases/<str:number>/placement/<uuid:placement_id>"
urlpatterns = [
    path("places", views.index, name="index"),
    path("places/new", keeping_views.register, name="register"),
    path(_ONE, views.provider, name="provider"),
    path(f"{_ONE}/licence", keeping_views.licence, name="licence"),
    path(f"{_ONE}/close", keeping_views.close, name="close"),
    path(f"{_ONE}/close/<uuid:closure_id>", keeping_views.reopen, name="reopen"),
    path(f"{_ONE}/end", keeping_views.end, name="end"),
    path("cases/<str:number>/place-wanted", case_views.want, name="want"),
    path("cases/<str:number>/place-wanted/<uuid:waiting_id>", case_views.end_wait, name="end_wait"),
    path(f"{_OF}/place", case_views.choose, name="choose"),
    path(f"{_OF}/move", case_views.move, name="move"),
    path(f"{_OF}/where", case_views.where, name="where"),
    path(f"{_OF}/after-care", case_views.end_after_care, name="end_after_care"),
]
