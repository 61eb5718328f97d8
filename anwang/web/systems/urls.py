"""The registry of other systems, one system with its tokens, and the interface described for who writes to it."""

from django.urls import path

from . import api_page, outbox_views, upload_views, views

app_name = "systems"
urlpatterns = [
    path("systems", views.index, name="index"),
    path("systems/new", views.new, name="new"),
    path("systems/of/<slug:code>", views.system, name="system"),
    path("systems/of/<slug:code>/tokens", views.issue, name="issue"),
    path("systems/of/<slug:code>/senders", views.speak_for, name="speak_for"),
    path("systems/senders/<uuid:sender_id>/end", views.stop_speaking_for, name="stop_speaking_for"),
    path("systems/of/<slug:code>/retire", views.retire, name="retire"),
    path("systems/tokens/<uuid:token_id>/revoke", views.revoke, name="revoke"),
    path("systems/of/<slug:code>/endpoints/new", outbox_views.new_endpoint, name="new_endpoint"),
    path("systems/outbox", outbox_views.outbox, name="outbox"),
    path("systems/outbox/<uuid:event_id>", outbox_views.message, name="message"),
    path("systems/outbox/<uuid:event_id>/again", outbox_views.again, name="again"),
    path("systems/outbox/<uuid:event_id>/give-up", outbox_views.give_up, name="give_up"),
    path("systems/endpoints/<uuid:endpoint_id>/try", outbox_views.try_out, name="try_out"),
    path("systems/endpoints/<uuid:endpoint_id>/end", outbox_views.end_endpoint, name="end_endpoint"),
    path("systems/inbox", outbox_views.inbox, name="inbox"),
    path("systems/inbox/<uuid:message_id>/settle", outbox_views.settle, name="settle"),
    path("systems/uploads", upload_views.index, name="uploads"),
    path("systems/uploads/sheet", upload_views.sheet, name="sheet"),
    path("systems/uploads/of/<str:number>", upload_views.one, name="upload"),
    path("systems/uploads/of/<str:number>/uploaded", upload_views.uploaded, name="uploaded"),
    path("systems/uploads/of/<str:number>/failed", upload_views.failed, name="failed"),
    path("api/", api_page.described, name="api"),
]
