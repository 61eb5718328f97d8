"""Addresses of accounts: one's own, coming in, and the administration's."""

from django.urls import path

from . import agency, joining, keeping, mine, proving

app_name = "accounts"
urlpatterns = [
    path("account", mine.mine, name="mine"),
    path("account/veil", proving.veil, name="veil"),
    path("account/here", proving.here, name="here"),
    path("account/prove", proving.prove, name="prove"),
    path("account/prove/passkey", proving.passkey_asked, name="prove_passkey"),
    path("account/prove/agency/<slug:code>", agency.prove_at, name="prove_agency"),
    path("account/confirm", proving.confirm, name="confirm"),
    path("account/passkeys", mine.passkey_made, name="passkey_made"),
    path("account/passkeys/asked", mine.passkey_asked, name="passkey_asked"),
    path("account/passkeys/<uuid:passkey_id>/remove", mine.passkey_removed, name="passkey_removed"),
    path("account/password", mine.password, name="password"),
    path("account/app", mine.app, name="app"),
    path("account/app/remove", mine.app_removed, name="app_removed"),
    path("account/codes", mine.codes, name="codes"),
    path("account/sessions/others", mine.others_ended, name="others_ended"),
    path("account/sessions/<uuid:sitting_id>", mine.sitting_ended, name="sitting_ended"),
    path("login/agency/<slug:code>", agency.leave_for, name="agency"),
    path("login/agency/<slug:code>/back", agency.came_back, name="agency_back"),
    path("join/begin", joining.begin, name="begin"),
    path("join/begin/passkey", joining.passkey_asked, name="begin_passkey"),
    path("join/<str:link>", joining.join, name="join"),
    path("accounts", keeping.people, name="people"),
    path("accounts/new", keeping.appoint, name="appoint"),
    path("accounts/review", keeping.review, name="review"),
    path("accounts/agencies/new", keeping.new_agency, name="new_agency"),
    path("accounts/agencies/<uuid:agency_id>/end", keeping.end_agency, name="end_agency"),
    path("accounts/invitations/<uuid:invitation_id>/withdraw", keeping.withdraw, name="withdraw"),
    path("accounts/posts/<uuid:post_id>/end", keeping.end_post, name="end_post"),
    path("accounts/of/<uuid:worker_id>", keeping.person, name="person"),
    path("accounts/of/<uuid:worker_id>/invite", keeping.invite, name="invite"),
    path("accounts/of/<uuid:worker_id>/posts", keeping.add_post, name="add_post"),
    path("accounts/of/<uuid:worker_id>/close", keeping.close, name="close"),
]
