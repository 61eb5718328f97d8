"""The desk of disclosure. Who was looked up stands in no address: a look has a number of its own."""

from django.urls import path

from . import asking, look_views, openings, use_views

app_name = "disclosure"
urlpatterns = [
    path("disclosure", look_views.index, name="index"),
    path("disclosure/look", look_views.new, name="new"),
    path("disclosure/looks/<str:number>", look_views.look, name="look"),
    path("disclosure/looks/<str:number>/talk", look_views.talk, name="talk"),
    path("disclosure/hits/<uuid:hit_id>/contact", look_views.ask_contact, name="ask_contact"),
    path("disclosure/contacts/<uuid:step_id>", look_views.confirm, name="confirm"),
    path("disclosure/hits/<uuid:hit_id>/request", asking.ask, name="ask"),
    path("disclosure/requests/letter", asking.letter, name="letter"),
    path("disclosure/requests/<str:number>", asking.request_page, name="request"),
    path("disclosure/requests/<str:number>/decide", asking.decide, name="decide"),
    path("disclosure/requests/<str:number>/withdraw", asking.withdraw, name="withdraw"),
    path("disclosure/requests/<str:number>/renew", asking.renew, name="renew"),
    path("disclosure/openings", openings.index, name="openings"),
    path("disclosure/openings/new", openings.new, name="open"),
    path("disclosure/openings/<str:number>", openings.opening, name="opening"),
    path("disclosure/openings/<str:number>/end", openings.end, name="end"),
    path("disclosure/openings/<str:number>/safety", openings.ask_safety, name="ask_safety"),
    path("disclosure/openings/<str:number>/review", openings.review, name="review"),
    path("disclosure/second/<uuid:second_id>", openings.agree, name="agree"),
    path("disclosure/alerts/<uuid:alert_id>", openings.seen, name="seen"),
    path("disclosure/use", use_views.use, name="use"),
    path("disclosure/receipts", use_views.receipt, name="receipt"),
]
