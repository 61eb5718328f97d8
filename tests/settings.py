"""Settings for the tests: a data directory of their own that goes away, the fast password hasher, no manifest."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _remove_unless_served(run: Path) -> None:
    # Where a server was started, its keeper removes the directory.
    if not (run / "run" / "server.txt").exists():
        shutil.rmtree(run, ignore_errors=True)


# Workers of one run inherit this, so they share one server.
if "ANWANG_TEST_RUN" not in os.environ:
    os.environ["ANWANG_TEST_RUN"] = tempfile.mkdtemp(prefix="anwang-test-")
    os.chmod(os.environ["ANWANG_TEST_RUN"], 0o711)
    atexit.register(_remove_unless_served, Path(os.environ["ANWANG_TEST_RUN"]))
os.environ["DATA"] = os.environ["ANWANG_TEST_RUN"]
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_OWNER_URL", None)
os.environ["ANWANG_DEMO"] = "1"
# Once a browser test has run, Playwright's event loop stays in this thread; Django would refuse plain queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.pop("ANWANG_LOGIN", None)

from anwang.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False  # noqa: F405
