"""Submissions: the desk, calls, one submission with every step, approved posts, pay by points."""

from django.urls import path

from . import call_views, pay_views, post_views, step_views, views

app_name = "submissions"
_CALL, _OF = "submissions/calls/<uuid:call_id>", "submissions/of/<str:number>"
urlpatterns = [
    path("submissions", views.index, name="index"),
    path("submissions/calls/new", call_views.draft, name="draft"),
    path(_CALL, views.call, name="call"),
    path(f"{_CALL}/publish", call_views.publish, name="publish"),
    path(f"{_CALL}/extend", call_views.extend, name="extend"),
    path(f"{_CALL}/results", call_views.results, name="results"),
    path("submissions/extensions/<uuid:extension_id>", call_views.answer, name="answer"),
    path(_OF, views.submission, name="submission"),
    path(f"{_OF}/part/<uuid:part_id>", step_views.part, name="part"),
    path(f"{_OF}/documents/<uuid:document_id>", views.document, name="document"),
    path(f"{_OF}/ask", step_views.ask, name="ask"),
    path(f"{_OF}/send", step_views.send, name="send"),
    path(f"{_OF}/proxy", step_views.proxy, name="proxy"),
    path(f"{_OF}/extension", step_views.extension, name="extension"),
    path(f"{_OF}/check", step_views.check, name="check"),
    path(f"{_OF}/review", step_views.review, name="review"),
    path(f"{_OF}/decide", step_views.decide, name="decide"),
    path(f"{_OF}/letter", step_views.letter, name="letter"),
    path(f"{_OF}/paper", views.paper, name="paper"),
    path("submissions/posts", post_views.posts, name="posts"),
    path("submissions/posts/change", post_views.change, name="change_posts"),
    path("submissions/pay", pay_views.pay, name="pay"),
]
