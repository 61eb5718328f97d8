"""Requests of data subjects, how long records are kept, and the published register of files."""

from django.urls import path

from . import keeping, register, views

app_name = "subjects"
urlpatterns = [
    path("requests", views.index, name="index"),
    path("requests/new", views.new, name="new"),
    path("requests/<str:number>", views.request_page, name="request"),
    path("requests/<str:number>/tie", views.tie, name="tie"),
    path("requests/<str:number>/write", views.write, name="write"),
    path("requests/<str:number>/look", views.look, name="look"),
    path("requests/<str:number>/hand-over", views.hand_over, name="hand_over"),
    path("requests/<str:number>/extend", views.extend, name="extend"),
    path("requests/<str:number>/withdraw", views.withdraw, name="withdraw"),
    path("requests/<str:number>/dispute", views.dispute, name="dispute"),
    path("requests/<str:number>/print", views.print_, name="print"),
    path("keeping", keeping.index, name="keeping"),
    path("keeping/propose", keeping.propose, name="propose"),
    path("keeping/hold", keeping.hold, name="hold"),
    path("keeping/erasures/<uuid:erasure_id>/confirm", keeping.confirm, name="confirm"),
    path("keeping/erasures/<uuid:erasure_id>/withdraw", keeping.withdraw, name="withdraw_erasure"),
    path("keeping/holds/<uuid:hold_id>/release", keeping.release, name="release"),
    path("files", register.index, name="files"),
    path("files.ods", register.ods, name="files_ods"),
    path("files/dictionary", register.dictionary_page, name="dictionary"),
]
