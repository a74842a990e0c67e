"""The verbs of the room: what can be done to users, grants and keys. Each writes its log entry in its transaction."""

from noivu.accounts.services.decisions import accept_grant, narrow_grant, refuse_grant
from noivu.accounts.services.grants import add_user_with_role, end_grant, grant_role
from noivu.accounts.services.keys import (
    change_password,
    give_password,
    remove_second_factors,
    sign_out_everywhere,
)
from noivu.accounts.services.substitutions import end_substitution, set_substitute
from noivu.accounts.services.users import add_user, deactivate

__all__ = [
    "accept_grant",
    "add_user",
    "add_user_with_role",
    "change_password",
    "deactivate",
    "end_grant",
    "end_substitution",
    "give_password",
    "grant_role",
    "narrow_grant",
    "refuse_grant",
    "remove_second_factors",
    "set_substitute",
    "sign_out_everywhere",
]
