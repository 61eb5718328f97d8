"""The unit desk: what waits for a decision, the work, hand-over lists, roster and leave, contracts."""

from django.urls import path

from . import deciding, keeping, posts, views, work

app_name = "unit_desk"
urlpatterns = [
    path("unit", views.index, name="index"),
    path("unit/work", work.work, name="work"),
    path("unit/joint", views.joint, name="joint"),
    path("unit/assignments/<uuid:assignment_id>", deciding.take, name="take"),
    path("unit/reviews", deciding.approve_batch, name="approve_batch"),
    path("unit/reviews/<uuid:review_id>", deciding.review, name="review"),
    path("unit/asked/<str:number>", views.asked, name="asked"),
    path("unit/offers/<uuid:offer_id>", deciding.offer, name="offer"),
    path("unit/joinings/<uuid:offer_id>/end", deciding.end_joining, name="end_joining"),
    path("unit/disputes/<uuid:dispute_id>", deciding.dispute, name="dispute"),
    path("unit/precedents", views.precedents, name="precedents"),
    path("unit/people", posts.people, name="people"),
    path("unit/lists", keeping.lists, name="lists"),
    path("unit/lists/<uuid:list_id>", keeping.sign_list, name="sign_list"),
    path("unit/leaving/<uuid:worker_id>", keeping.leaving, name="leaving"),
    path("unit/roster", keeping.roster, name="roster"),
    path("unit/contracts", keeping.contracts, name="contracts"),
]
