"""The WSGI application that gunicorn serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.project.settings")
application = get_wsgi_application()

from anwang.web.warming import warm  # noqa: E402  needs Django to be set up

warm()
