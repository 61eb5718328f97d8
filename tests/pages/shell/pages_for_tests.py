"""Pages that exist only in tests: they write, then end in every way a request can end."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import include, path

from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused

ENDINGS = {
    "ok": None,
    "refused": Refused("這件事要督導才能做。請洽葉承翰。"),
    "conflict": Conflict("方振維在09:41已經派出這一件。"),
    "hidden": NotFound("有這個人，但你不能知道。"),
    "missing": Http404("secret"),
    "bad": BadInput("請填年月日。"),
    "broken": RuntimeError("secret 王小明"),
}


def write(request: HttpRequest, ending: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('written', '', now())")
    error = ENDINGS.get(ending)
    if error:
        raise error
    return HttpResponse(ending, status=503 if ending == "answer-503" else 200)


def _worker_of_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('anwang.worker', true)")
        return str(cursor.fetchone()[0])


def looks_late(request: HttpRequest) -> HttpResponse:
    """The template asks the database after the view has returned."""
    response = SimpleTemplateResponse("shell/parts/state.html")
    response.context_data = {"is": "held", "words": _worker_of_the_database}
    return response


def twice(request: HttpRequest) -> HttpResponse:
    """Break a declared constraint, as an action could."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_absence SET ends_at = starts_at")
    return HttpResponse("never")


def orphan(request: HttpRequest) -> HttpResponse:
    """Break a deferred key: the database speaks only at COMMIT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_absence (id, worker_id, covered_by_id, kind, starts_at, ends_at) VALUES"
            " (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'leave', now(), now() + interval '1 day')"
        )
    return HttpResponse("saved")


@login_not_required
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("name", ""))


urlpatterns = [
    path("write/<str:ending>", write),
    path("late", looks_late),
    path("twice", twice),
    path("orphan", orphan),
    path("echo", echo),
    path("", include("anwang.web.accounts.urls")),
    path("", include("anwang.web.shell.urls")),
]
handler400 = "anwang.web.shell.errors.bad_request"
handler403 = "anwang.web.shell.errors.refused"
handler404 = "anwang.web.shell.errors.not_found"
handler500 = "anwang.web.shell.errors.failed"
