"""Referrals, receivers, transitions with a day, notices. Nothing in an address says who."""

from django.urls import path

from . import answer_views, case_views, notice_views, progress_views, receiver_views, sending_views, views

app_name = "referrals"
_ONE, _CASE = "referrals/<str:number>", "cases/<str:number>"
urlpatterns = [
    path("referrals", views.index, name="index"),
    path("referrals/receivers", receiver_views.receivers, name="receivers"),
    path("referrals/receivers/say", receiver_views.publish, name="publish"),
    path("referrals/notices", notice_views.index, name="notices"),
    path("referrals/notices/new", notice_views.take, name="take_notice"),
    path("referrals/notices/<str:number>", notice_views.notice, name="notice"),
    path(_ONE, views.referral, name="referral"),
    path(f"{_ONE}/answer", answer_views.answer, name="answer"),
    path(f"{_ONE}/proxy", answer_views.proxy, name="proxy"),
    path(f"{_ONE}/ask", answer_views.ask_back, name="ask_back"),
    path(f"{_ONE}/reply", answer_views.reply, name="reply"),
    path(f"{_ONE}/send-on", answer_views.send_on, name="send_on"),
    path(f"{_ONE}/give-back", answer_views.give_back, name="give_back"),
    path(f"{_ONE}/contact", progress_views.contact, name="contact"),
    path(f"{_ONE}/together", progress_views.together, name="together"),
    path(f"{_ONE}/look-back", progress_views.look_back, name="look_back"),
    path(f"{_ONE}/outcome", progress_views.close, name="close"),
    path(f"{_ONE}/give-up", progress_views.give_up, name="give_up"),
    path(f"{_ONE}/open", progress_views.open_case, name="open_case"),
    path(f"{_CASE}/referrals", case_views.of_case, name="of_case"),
    path(f"{_CASE}/refer", sending_views.choose, name="choose"),
    path(f"{_CASE}/refer/<slug:kind>", sending_views.refer, name="refer"),
    path(f"{_CASE}/transition", case_views.plan, name="plan"),
    path(f"{_CASE}/transition/<uuid:plan_id>", case_views.change_plan, name="change_plan"),
    path(f"{_CASE}/stage", case_views.stage, name="stage"),
]
