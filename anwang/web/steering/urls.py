"""提問精進 and its tabs."""

from django.urls import path

from . import card_views, county_views, loophole_views, task_views, views

app_name = "steering"
urlpatterns = [
    path("steering", views.index, name="index"),
    path("steering/of/<str:number>", task_views.of_matter, name="of_matter"),
    path("steering/questions/new", views.new, name="new"),
    path("steering/questions/<uuid:question_id>", views.question, name="question"),
    path("steering/questions/<uuid:question_id>/edit", views.edit, name="edit"),
    path("steering/questions/<uuid:question_id>/send", views.send, name="send"),
    path("steering/questions/<uuid:question_id>/back", views.back, name="back"),
    path("steering/questions/<uuid:question_id>/link", views.link, name="link"),
    path("steering/questions/<uuid:question_id>/close", views.close, name="close"),
    path("steering/questions/<uuid:question_id>/publish", views.publish, name="publish"),
    path("steering/questions/<uuid:question_id>/answers/<uuid:part_id>", views.answer, name="answer"),
    path("steering/tasks/<uuid:task_id>/<slug:act>", task_views.task, name="task"),
    path("steering/loopholes", loophole_views.index, name="loopholes"),
    path("steering/loopholes/new", loophole_views.new, name="new_loophole"),
    path("steering/loopholes/<uuid:loophole_id>", loophole_views.loophole, name="loophole"),
    path("steering/loopholes/<uuid:loophole_id>/measure", loophole_views.measure, name="measure"),
    path("steering/loopholes/<uuid:loophole_id>/close", loophole_views.close, name="close_loophole"),
    path("steering/plans", county_views.plans, name="plans"),
    path("steering/plans/new", county_views.new_plan, name="new_plan"),
    path("steering/plans/<uuid:plan_id>", county_views.plan, name="plan"),
    path("steering/plans/<uuid:plan_id>/<slug:act>", county_views.plan_act, name="plan_act"),
    path("steering/assessments", county_views.assessments, name="assessments"),
    path("steering/assessments/new", county_views.new_assessment, name="new_assessment"),
    path("steering/assessments/<uuid:assessment_id>", county_views.assessment, name="assessment"),
    path("steering/assessments/<uuid:assessment_id>/scores", county_views.scores, name="scores"),
    path("steering/cards", card_views.index, name="cards"),
    path("steering/cards/new", card_views.new, name="new_card"),
    path("steering/cards/<uuid:card_id>", card_views.card, name="card"),
    path("steering/cards/<uuid:card_id>/edit", card_views.edit, name="edit_card"),
    path("steering/cards/<uuid:card_id>/publish", card_views.publish, name="publish_card"),
    path("steering/cards/<uuid:card_id>/try", card_views.tried, name="try_card"),
    path("steering/figures/<slug:what>/<uuid:of_id>", task_views.draw, name="draw"),
]
