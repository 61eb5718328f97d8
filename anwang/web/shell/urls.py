"""Pages of the shell: log-in, log-out, language, signs, and the way home."""

from django.urls import path

from . import entry, home, language, symbols

app_name = "shell"
urlpatterns = [
    path("", home.home, name="home"),
    path("login", entry.log_in, name="login"),
    path("login/second", entry.second, name="second"),
    path("login/passkey", entry.passkey_asked, name="login_passkey"),
    path("logout", entry.log_out, name="logout"),
    path("language", language.choose, name="language"),
    path("symbols", symbols.symbols, name="symbols"),
]
