"""The queue of a mental health centre, one case of it, emergencies, posts. Nothing in an address says who."""

from django.urls import path

from . import emergency_views, leaving_views, measure_views, post_views, serving_views, views

app_name = "care"
_OF, _MEASURE = "care/of/<str:number>", "care/measures/<uuid:measure_id>"
_EMERGENCY, _LEAVING = "care/emergencies/<uuid:emergency_id>", "care/leaving/<uuid:departure_id>"
urlpatterns = [
    path("care", views.index, name="index"),
    path("care/load", post_views.load, name="load"),
    path("care/posts/new", post_views.open_post, name="open_post"),
    path("care/posts/<uuid:post_id>/fill", post_views.fill_post, name="fill_post"),
    path("care/posts/<uuid:post_id>/vacate", post_views.vacate, name="vacate_post"),
    path("care/emergency", emergency_views.report, name="report_emergency"),
    path(_EMERGENCY, emergency_views.emergency, name="emergency"),
    path(f"{_EMERGENCY}/known", emergency_views.known, name="known"),
    path(f"{_EMERGENCY}/escort", emergency_views.escort, name="escort"),
    path(f"{_EMERGENCY}/done", emergency_views.done, name="done"),
    path(f"{_EMERGENCY}/county", emergency_views.county, name="tell_county"),
    path(f"{_EMERGENCY}/hand-over", emergency_views.hand_over, name="hand_over"),
    path(_OF, views.of_case, name="of_case"),
    path(f"{_OF}/triage", serving_views.triage, name="triage"),
    path(f"{_OF}/decide", serving_views.decide, name="decide"),
    path(f"{_OF}/level", serving_views.level, name="level"),
    path(f"{_OF}/reroute", serving_views.reroute, name="reroute"),
    path("care/reroutes/<uuid:reroute_id>/answer", serving_views.answer, name="answer_reroute"),
    path("care/reroutes/<uuid:reroute_id>/withdraw", serving_views.withdraw, name="withdraw_reroute"),
    path(f"{_OF}/hand-back", serving_views.hand_back, name="hand_back"),
    path(f"{_OF}/long", serving_views.begin_long, name="begin_long"),
    path(f"{_OF}/long/review", serving_views.review_long, name="review_long"),
    path(f"{_OF}/leave-register", serving_views.leave_register, name="leave_register"),
    path(f"{_OF}/emergency", emergency_views.report, name="emergency_of"),
    path(f"{_OF}/placed", measure_views.place, name="place"),
    path(f"{_OF}/granted", measure_views.grant, name="grant"),
    path(f"{_MEASURE}/step", measure_views.step, name="measure_step"),
    path(f"{_MEASURE}/end", measure_views.end, name="end_measure"),
    path(f"{_OF}/leaving", leaving_views.announce, name="announce_leaving"),
    path(f"{_LEAVING}/moved", leaving_views.moved, name="move_leaving"),
    path(f"{_LEAVING}/planned", leaving_views.planned, name="join_planning"),
    path(f"{_LEAVING}/left", leaving_views.left, name="note_left"),
    path(f"{_LEAVING}/plan", leaving_views.plan, name="receive_plan"),
    path(f"{_LEAVING}/off", leaving_views.off, name="call_off"),
    path("care/homecomings/<uuid:homecoming_id>", leaving_views.homecoming, name="homecoming"),
]
