"""Cases: mine, one case, and its forms; the incident note that anybody may write."""

from django.urls import path

from . import (
    after_views,
    coordination_views,
    leaving_views,
    note_views,
    passing_views,
    people_views,
    placing_views,
    report_views,
    views,
)

app_name = "cases"
_CASE = "cases/<str:number>"
urlpatterns = [
    path("cases", views.index, name="index"),
    path(_CASE, views.case, name="case"),
    path(f"{_CASE}/contact", views.contact, name="contact"),
    path(f"{_CASE}/contact/<uuid:contact_id>", views.correct, name="correct"),
    path(f"{_CASE}/note", note_views.note, name="note"),
    path(f"{_CASE}/note/<uuid:note_id>", note_views.correct_note, name="correct_note"),
    path(f"{_CASE}/investigation", report_views.investigation, name="investigation"),
    path(f"{_CASE}/assessment", report_views.assessment, name="assessment"),
    path(f"{_CASE}/decision", report_views.decision, name="decision"),
    path(f"{_CASE}/grade/<uuid:subject_id>", report_views.grade, name="grade"),
    path(f"{_CASE}/placement", placing_views.place, name="place"),
    path(f"{_CASE}/placement/<uuid:placement_id>/time", placing_views.exclude, name="exclude"),
    path(f"{_CASE}/placement/<uuid:placement_id>/continue", placing_views.go_on, name="continue_placement"),
    path(f"{_CASE}/placement/<uuid:placement_id>/end", placing_views.end, name="end_placement"),
    path(f"{_CASE}/placement/<uuid:placement_id>/letter", placing_views.notice_letter, name="notice_letter"),
    path(f"{_CASE}/notice", placing_views.notice, name="notice"),
    path(f"{_CASE}/closing/<uuid:subject_id>", after_views.close, name="close"),
    path(f"{_CASE}/reopen", after_views.reopen, name="reopen"),
    path(f"{_CASE}/after-care", after_views.end_after_care, name="end_after_care"),
    path(f"{_CASE}/treatment", passing_views.to_treatment, name="to_treatment"),
    path(f"{_CASE}/family", passing_views.join, name="join"),
    path(f"{_CASE}/subject", people_views.add_subject, name="add_subject"),
    path(f"{_CASE}/witness/<uuid:subject_id>", people_views.witness, name="witness"),
    path(f"{_CASE}/effort", people_views.effort, name="effort"),
    path(f"{_CASE}/notice/<uuid:notice_id>", people_views.acknowledge, name="acknowledge"),
    path(f"{_CASE}/leaving", leaving_views.tell, name="tell_lead"),
    path(f"{_CASE}/lead", coordination_views.open_lead, name="open_lead"),
    path("incident", note_views.incident, name="incident"),
    path("incident/<uuid:note_id>/read", note_views.read_incident, name="read_incident"),
    path("incident/<uuid:note_id>/forward", note_views.forward_incident, name="forward_incident"),
    path("leads/<str:number>", coordination_views.lead, name="coordination"),
    path("leads/<str:number>/plan", coordination_views.plan, name="plan"),
    path("leads/<str:number>/list", coordination_views.who_does_what, name="list"),
    path("leads/<str:number>/conference", leaving_views.confer, name="confer"),
    path("leads/<str:number>/leaving/<uuid:leaving_id>", leaving_views.answer, name="answer_leaving"),
    path("leads/<str:number>/hand-over", coordination_views.hand_over, name="hand_over_lead"),
]
