"""The queue, a new report and one report; acts on a report come back to it."""

from django.urls import path

from . import acts, doors, judging, new, replying, views

app_name = "intake"
urlpatterns = [
    path("intake", views.index, name="index"),
    path("reports/new", new.new, name="new"),
    path("reports/drafts/<uuid:draft_id>/drop", new.drop, name="drop_draft"),
    path("reports/replies", replying.replies, name="replies"),
    path("reports/<str:number>", views.report, name="report"),
    path("reports/<str:number>/people/<uuid:person_id>", views.person, name="person"),
    path("reports/<str:number>/ask", acts.ask, name="ask"),
    path("reports/<str:number>/decide", acts.decide, name="decide"),
    path("reports/<str:number>/dispatch", acts.dispatch, name="dispatch"),
    path("reports/<str:number>/not-open", judging.not_open, name="not_open"),
    path("reports/<str:number>/relate", judging.relate, name="relate"),
    path("reports/<str:number>/review", judging.review, name="review"),
    path("reports/<str:number>/second-look", judging.second_look, name="second_look"),
    path("reports/<str:number>/pair", acts.add_pair, name="add_pair"),
    path("reports/<str:number>/person", acts.add_person, name="add_person"),
    path("reports/<str:number>/same", acts.same, name="same"),
    path("reports/<str:number>/complete", acts.complete, name="complete"),
    path("reports/<str:number>/reply", replying.reply, name="reply"),
    path("reports/<str:number>/tell", acts.tell, name="tell"),
    path("reports/<str:number>/take-over", acts.take_over, name="take_over"),
    path("reports/<str:number>/reporter", doors.reporter, name="reporter"),
    path("reports/<str:number>/originals/<uuid:original_id>", doors.original, name="original"),
]
