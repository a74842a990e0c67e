from django.apps import AppConfig

from noivu.core import access, console
from noivu.ui import forms, masthead


class AccountsConfig(AppConfig):
    name = "noivu.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from noivu.accounts import effects, policies, preferences, queries
        from noivu.accounts.provider import GrantsProvider, codes_in_reach
        from noivu.audit import policies as audit
        from noivu.units.api import find_unit

        policies.declare_all()
        access.provide(GrantsProvider())
        access.provide_tops(policies.tops)
        audit.provide_codes(codes_in_reach)
        console.provide_actors(queries.actor_named)
        masthead.provide(queries.bearer)
        forms.provide_units(find_unit, "accounts:units", queries.in_a_field)
        preferences.keep_with_the_account()
        effects.connect()
