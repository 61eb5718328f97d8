from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "anwang.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anwang.matters import hearing  # only once the models are there
        from anwang.placements.actions import heard

        hearing.listen(heard)
