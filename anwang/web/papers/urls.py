"""The register, registering, writing a letter, one paper."""

from django.urls import path

from . import joint, letters, looks, records, summaries, views

app_name = "papers"
urlpatterns = [
    path("papers", views.index, name="index"),
    path("papers/new", views.register, name="new"),
    path("papers/letter", letters.write, name="letter"),
    path("papers/templates", looks.index, name="templates"),
    path("papers/templates/blank.odt", looks.blank, name="blank_template"),
    path("papers/templates/<uuid:template_id>", looks.template, name="template"),
    path("papers/templates/<uuid:template_id>/template.odt", looks.body, name="template_body"),
    path("papers/templates/<uuid:template_id>/example.<slug:form>", looks.tried, name="template_tried"),
    path("papers/templates/<uuid:template_id>/use", looks.use, name="use_template"),
    path("papers/templates/<uuid:template_id>/end", looks.end, name="end_template"),
    path("papers/summary/<str:number>", summaries.summary, name="summary"),
    path("papers/report/<str:number>/<uuid:report_id>", summaries.evaluation, name="evaluation"),
    path("papers/referral/<str:number>", joint.referral, name="referral"),
    path("papers/minutes/<str:number>", joint.minutes, name="minutes"),
    path("papers/visit/<str:number>/<uuid:contact_id>", records.visit, name="visit"),
    path("papers/attachments/<uuid:body_id>", views.attachment, name="attachment"),
    path("papers/<uuid:paper_id>", views.paper, name="paper"),
    path("papers/<uuid:paper_id>/number", letters.number, name="number"),
    path("papers/<uuid:paper_id>/send", letters.send, name="send"),
    path("papers/<uuid:paper_id>/void", letters.void, name="void"),
    path("papers/<uuid:paper_id>/print", letters.print_, name="print"),
    path("papers/<uuid:paper_id>/answer", letters.answer, name="answer"),
    path("papers/<uuid:paper_id>/attach", views.attach, name="attach"),
]
