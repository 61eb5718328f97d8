"""Instruments: forms of a case, one filled form, its chart and comparison; the library, the ledger, the report."""

from django.urls import path

from . import ledger_views, library_views, result_views, views

app_name = "instruments"
urlpatterns = [
    path("cases/<str:number>/forms", views.case, name="case"),
    path("cases/<str:number>/forms/<str:instrument>", views.fill, name="fill"),
    path("forms/of/<uuid:fill_id>", result_views.result, name="result"),
    path("forms/of/<uuid:fill_id>/again", views.again, name="again"),
    path("forms/of/<uuid:fill_id>/value", result_views.judge, name="judge"),
    path("forms/of/<uuid:fill_id>/done", result_views.follow_up, name="follow_up"),
    path("forms/of/<uuid:fill_id>/chart", result_views.chart, name="chart"),
    path("forms/of/<uuid:fill_id>/networks", result_views.compare, name="compare"),
    path("forms", library_views.library, name="library"),
    path("forms/publish", library_views.publish, name="publish"),
    path("forms/ledger", ledger_views.ledger, name="ledger"),
    path("forms/report", ledger_views.report, name="report"),
    path("forms/report/<str:half>", ledger_views.report, name="half"),
    path("forms/report/<str:half>/<str:form>", ledger_views.take, name="take"),
    path("forms/text/<str:instrument>/<str:from_on>", library_views.version, name="version"),
]
