"""Forms of one matter under its number, whatever its kind; and forms of a unit's keeping."""

from django.urls import path

from . import asking, disputing, home, keeping, since

app_name = "asking"
_MATTER = "matters/<str:number>"
urlpatterns = [
    path(_MATTER, home.matter, name="matter"),
    path(f"{_MATTER}/ask", asking.ask, name="ask"),
    path(f"{_MATTER}/ask/<slug:kind>", asking.ask_for, name="ask_for"),
    path(f"{_MATTER}/asked/<uuid:offer_id>/withdraw", asking.withdraw, name="withdraw"),
    path(f"{_MATTER}/asked/<uuid:offer_id>/end", asking.end, name="end"),
    path(f"{_MATTER}/taken-over", asking.taken_over, name="taken_over"),
    path(f"{_MATTER}/dispute", disputing.dispute, name="dispute"),
    path(f"{_MATTER}/dispute/<uuid:dispute_id>/withdraw", disputing.withdraw, name="withdraw_dispute"),
    path(f"{_MATTER}/starts", since.starts, name="starts"),
    path(f"{_MATTER}/reassign", keeping.give_on, name="reassign"),
    path("unit/contracts/new", keeping.contract, name="contract"),
    path("unit/roster/<uuid:shift_id>/swap", keeping.swap, name="swap"),
    path("away", keeping.away, name="away"),
]
