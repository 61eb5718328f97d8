"""The bare address leads to the first desk of whoever asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import navigation


def home(request: HttpRequest) -> HttpResponse:
    """To the first entry of the menu; without a post, to the explanation of the signs."""
    entries = navigation.entries(request.viewer.role_names, request.path)
    return redirect(entries[0].href if entries else reverse("shell:symbols"))
