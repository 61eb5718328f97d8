"""The register, registering, writing a letter, one paper."""

from django.urls import path

from . import letters, records, views

app_name = "papers"
urlpatterns = [
    path("papers", views.index, name="index"),
    path("papers/new", views.register, name="new"),
    path("papers/letter", letters.write, name="letter"),
    path("papers/visit/<str:number>/<uuid:contact_id>", records.visit, name="visit"),
    path("papers/attachments/<uuid:body_id>", views.attachment, name="attachment"),
    path("papers/<uuid:paper_id>", views.paper, name="paper"),
    path("papers/<uuid:paper_id>/number", letters.number, name="number"),
    path("papers/<uuid:paper_id>/send", letters.send, name="send"),
    path("papers/<uuid:paper_id>/void", letters.void, name="void"),
    path("papers/<uuid:paper_id>/print", letters.print_, name="print"),
    path("papers/<uuid:paper_id>/answer", letters.answer, name="answer"),
    path("papers/<uuid:paper_id>/attach", views.attach, name="attach"),
]
