"""Where the browser is, as WebAuthn asks it: the host we were asked by, which `ALLOWED_HOSTS` has checked."""

from django.http import HttpRequest

from anwang.accounts.passkeys import Site


def site_of(request: HttpRequest) -> Site:
    """The relying party of this request and its exact origin."""
    host = request.get_host()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    return Site(host=name, origin=f"{request.scheme}://{host}")
