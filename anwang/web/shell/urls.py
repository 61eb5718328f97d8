"""Pages of the shell: log-in, log-out, language, signs."""

app_name = "shell"
urlpatterns: list[object] = []
