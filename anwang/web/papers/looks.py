"""Templates of an office's sheets: the fields, the blank one, what was brought, a look at each before its use."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.documents import actions, looks, policies, queries
from anwang.documents.printing.fields import FIELDS
from anwang.foundation.errors import BadInput

from .forms import TemplateForm

MEDIA = {
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
}


def index(request: HttpRequest) -> HttpResponse:
    """What is in use, the fields explained, and the form to bring another look."""
    policies.may_use_register(request.viewer).enforce()
    may = bool(policies.may_restyle(request.viewer))
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = request.FILES.get("body")
        try:
            made = actions.bring_template(
                kind=form.cleaned_data["kind"], name=form.cleaned_data["name"], body=sent.read() if sent else b"",
                by=request.viewer,
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("看過了，可以用。先試印，再開始使用。"))
            return redirect("papers:template", template_id=made.id)
    context = {"form": form, "may": may, "fields": FIELDS, "templates": queries.templates(request.viewer)}
    return render(request, "papers/templates.html", context, status=422 if form.is_bound and form.errors else 200)


def template(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """One template: what was found, its picture, trying it, using it."""
    policies.may_use_register(request.viewer).enforce()
    line, findings = queries.template(request.viewer, template_id)
    may = line.is_mine and bool(policies.may_restyle(request.viewer))
    return render(request, "papers/template.html", {"t": line, "findings": findings, "may": may})


def blank(request: HttpRequest) -> HttpResponse:
    """The template that comes with the product."""
    policies.may_use_register(request.viewer).enforce()
    return _file(looks.blank(), "odt", "template.odt")


def body(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """The ODT as it was brought."""
    return _file(queries.template_body(request.viewer, template_id), "odt", "template.odt")


def tried(request: HttpRequest, template_id: UUID, form: str) -> HttpResponse:
    """An invented sheet in this look."""
    if form not in MEDIA:
        raise BadInput(_("請選ODT或PDF。"), field="form")
    made = queries.tried(request.viewer, template_id, form)
    if form == "png":
        return HttpResponse(made, content_type=MEDIA[form], headers={"Cache-Control": "no-store"})
    return _file(made, form, f"example.{form}")


@require_POST
def use(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """From now on."""
    actions.use_template(template_id=template_id, by=request.viewer)
    messages.success(request, _("從現在起，這一種文件用這個樣式。"))
    return redirect("papers:template", template_id=template_id)


@require_POST
def end(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Out of use."""
    actions.end_template(template_id=template_id, by=request.viewer)
    messages.success(request, _("停用了，改回原來的樣式。"))
    return redirect("papers:template", template_id=template_id)


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=MEDIA[form], headers=headers)
