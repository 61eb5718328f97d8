"""The night on one page; everything noted there comes back to it."""

from django.urls import path

from . import acts, views

app_name = "duty_desk"
urlpatterns = [
    path("duty", views.night, name="night"),
    path("duty/sheet", views.sheet, name="sheet"),
    path("duty/find", views.find, name="find"),
    path("duty/calls", acts.log_call, name="log_call"),
    path("duty/calls/<uuid:call_id>", acts.settle_call, name="settle_call"),
    path("duty/calls/<uuid:call_id>/caller", acts.caller, name="caller"),
    path("duty/call-outs", acts.call_out, name="call_out"),
    path("duty/call-outs/<uuid:call_out_id>", acts.went_on, name="went_on"),
    path("duty/out", acts.go_out, name="go_out"),
    path("duty/out/<uuid:check_in_id>", acts.back, name="back"),
    path("duty/watch", acts.hand_in, name="hand_in"),
    path("duty/watch/<uuid:watch_id>", acts.watched, name="watched"),
    path("duty/notes", acts.note, name="note"),
    path("duty/hand-over", acts.hand_over, name="hand_over"),
    path("duty/hand-over/<uuid:handover_id>", acts.sign, name="sign"),
]
