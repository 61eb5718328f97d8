"""Today, one duty, signing in place, reminders."""

from django.urls import path

from . import acts, views

app_name = "worklist"
urlpatterns = [
    path("today", views.today, name="today"),
    path("today/duties/<uuid:duty_id>", views.duty, name="duty"),
    path("today/duties/<uuid:duty_id>/cause", acts.cause, name="cause"),
    path("today/duties/<uuid:duty_id>/done", acts.finish, name="done"),
    path("today/duties/<uuid:duty_id>/review", acts.review, name="review"),
    path("today/duties/<uuid:duty_id>/push", acts.push, name="push"),
    path("today/duties/<uuid:duty_id>/wait", acts.wait, name="wait"),
    path("today/duties/<uuid:duty_id>/excuse", acts.excuse, name="excuse"),
    path("today/sign/<uuid:assignment_id>", acts.sign, name="sign"),
    path("today/steps/<str:number>", acts.step, name="step"),
    path("today/reminders", acts.remind, name="remind"),
    path("today/reminders/<uuid:reminder_id>", acts.tick, name="tick"),
]
