"""Orders and shields: the register, one of each, and their forms. Nothing in an address says who or where."""

from django.urls import path

from . import order_views, relay_views, shield_views, views

app_name = "protection"
_OF, _ORDER, _SHIELD = (
    "protection/of/<str:number>",
    "protection/orders/<uuid:order_id>",
    "protection/shields/<uuid:shielding_id>",
)
urlpatterns = [
    path("protection", views.index, name="index"),
    path(_OF, views.of_case, name="of_case"),
    path(f"{_OF}/order", order_views.register, name="register"),
    path(f"{_OF}/shield", shield_views.shield, name="shield"),
    path(f"{_OF}/searching", shield_views.note_search, name="note_search"),
    path(_ORDER, views.order, name="order"),
    path(f"{_ORDER}/places", relay_views.places, name="told_places"),
    path(f"{_ORDER}/served", order_views.serve, name="serve"),
    path(f"{_ORDER}/change", order_views.change, name="change"),
    path(f"{_ORDER}/extension", order_views.extension, name="extension"),
    path(f"{_ORDER}/ruling", order_views.ruling, name="ruling"),
    path(f"{_ORDER}/no-extension", order_views.no_extension, name="no_extension"),
    path(f"{_ORDER}/safety-plan", order_views.safety_plan, name="safety_plan"),
    path(f"{_ORDER}/end", order_views.end, name="end"),
    path(f"{_ORDER}/broken", order_views.broken, name="broken"),
    path(f"{_ORDER}/receiver", relay_views.receiver, name="receiver"),
    path("protection/broken/<uuid:violation_id>", order_views.answer, name="answer"),
    path("protection/told/<uuid:relay_id>", relay_views.tell, name="tell"),
    path("protection/told/<uuid:relay_id>/received", relay_views.received, name="received"),
    path("protection/told/<uuid:relay_id>/left", relay_views.left, name="left"),
    path(_SHIELD, views.shielding, name="shielding"),
    path(f"{_SHIELD}/open", shield_views.open_places, name="open_places"),
    path(f"{_SHIELD}/place", shield_views.cover, name="cover"),
    path(f"{_SHIELD}/review", shield_views.review, name="review"),
    path(f"{_SHIELD}/end", shield_views.end, name="end_shield"),
    path("protection/searching/<uuid:seeking_id>", shield_views.answer_search, name="answer_search"),
]
