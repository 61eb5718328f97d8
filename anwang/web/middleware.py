"""The viewer and the transaction of every request."""

import errno
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY, logout
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import urlencode

from anwang.access.seat import leave, taken
from anwang.enactments.queries import STATE, held
from anwang.foundation.errors import AnwangError, BadInput, Conflict, NotFound, ProofNeeded, Refused
from anwang.foundation.looking import looking
from anwang.web.accounts import gate
from anwang.web.shell import constraints, errors, intact
from anwang.web.shell.kept import kept

_STATUS = {Refused: 403, NotFound: 404, Conflict: 409, BadInput: 422}
_SERIALISATION = {"40001", "40P01"}  # PostgreSQL: could not serialise; deadlock
_METHODS = ("GET", "HEAD", "POST")


class ViewerMiddleware:
    """One transaction around view *and* rendering, in which the database knows who is looking.

    Anything that ends in an error leaves nothing behind: unhandled exceptions, answers of 500 and more, domain
    errors, and constraints that speak only at COMMIT. Log-in is required unless the view is `login_not_required`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = request.veiled = request.rules = None
        try:
            with transaction.atomic():
                self._look(request)
                # After looking, so that even this is said in the viewer's language.
                intact.check(request)
                # A page without a form of its own would take any other word for a wish to look at it.
                known = request.method in _METHODS
                response = self._answer(request) if known else HttpResponseNotAllowed(_METHODS)
                if isinstance(response, HttpResponseNotAllowed):
                    response = errors.not_this_way(request, response)
                if response.status_code >= 500 or getattr(request, "undone", False):
                    transaction.set_rollback(True)
        except (IntegrityError, InterfaceError, OperationalError) as error:
            return self._database_said_no(request, error)
        except OSError as error:
            return self._disk_said_no(request, error)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """What is only looked at keeps to one rulebook and one answer to each question of rights."""
        if request.method == "POST":
            return self.get_response(request)
        with held(request.rules), looking():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Ask for log-in, or behind a lock who is there; a link followed meanwhile leads back afterwards."""
        if (stopped := gate.stop(request, view)) is not None:
            return stopped
        if request.viewer or not getattr(view, "login_required", True):
            return None
        target = f"{settings.LOGIN_URL}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": settings.LOGIN_URL})
        if request.method == "POST" and kept(request).texts:
            return errors.logged_out(request)
        return redirect(target if request.method == "GET" else settings.LOGIN_URL)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A domain error as its page, and the transaction undone. What needs a proof asks for it, and then goes on."""
        if isinstance(error, ProofNeeded) and request.viewer:
            request.undone = True
            return gate.ask(request, str(error))
        if isinstance(error, AnwangError):
            request.undone = True
            status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 422)
            reason = "" if status == 404 else str(error)
            return errors.page(request, status, reason, getattr(error, "help", ""))
        if isinstance(error, Http404):
            request.undone = True
            return errors.not_found(request)
        if isinstance(error, DataError):
            request.undone = True
            return errors.page(request, 422)
        if isinstance(error, IntegrityError | InterfaceError | OperationalError):
            request.undone = True
            return self._database_said_no(request, error)
        if isinstance(error, OSError):
            request.undone = True
            return self._disk_said_no(request, error)
        return None

    def _look(self, request: HttpRequest) -> None:
        """Put the viewer on the request and in the database, and which rules stand, in one statement."""
        if SESSION_KEY not in request.session:
            return
        state = gate.idle(request)
        if state == "gone":
            logout(request)
            messages.info(request, errors.AWAY)
            return
        if (found := taken(request.session, also=STATE)) is None:
            request.session.flush()
            return
        if state == "veiled":
            # Whoever sits there now is not known: the database must not take him for the viewer.
            leave()
            request.veiled = found[0]
            translation.activate(request.veiled.language)
            request.LANGUAGE_CODE = request.veiled.language
            return
        request.user, request.viewer, request.rules = found
        language = request.viewer.language
        translation.activate(language)
        request.LANGUAGE_CODE = language

    @staticmethod
    def _database_said_no(
        request: HttpRequest, error: IntegrityError | InterfaceError | OperationalError
    ) -> HttpResponse:
        state = getattr(error.__cause__, "sqlstate", None)
        if isinstance(error, IntegrityError):
            return errors.page(request, 409, constraints.sentence(error))
        if state in _SERIALISATION:
            return errors.page(request, 409, constraints.GENERAL)
        return errors.away(request, error)

    @staticmethod
    def _disk_said_no(request: HttpRequest, error: OSError) -> HttpResponse:
        """Uploads go through the disk too."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return errors.no_room(request)
        raise error
