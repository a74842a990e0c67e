"""accounts (tài khoản): who may act, and where.

A user (người dùng) is one person's key; what it opens is said by grants (vai trò được cấp) alone: a role over a unit
and all it reaches, from a day to a day. There is no superuser. `core.access` asks here; lower rooms never import this
one. An actor of a request carries its grants, so `access.may` costs no query and `access.scope` adds none: it narrows
the queryset by a subquery.

What holds:
* Fail closed: no user, no grant today, no unit of the thing, no such unit today: refused, as if it did not exist.
* A grant reaches what its unit's figures cover, read in the units of today, and what ended units left to these. It
  follows its unit to the one that came after it; where there are several, it waits for a decision.
* To be given something opens that thing, never the register in which it stands (`core.access`, `Verb.ways`).
* Who stands in for somebody absent has that account's work as the own one, and no further role; the log names both.
* Nobody grants a role to oneself; a data steward gives only the roles of daily work; the past is not edited.
* No account comes with the product but in the sample.
* Every verb writes its log entry; passwords are never in it.
"""

from noivu.accounts.actors import SignedInActor, StandIn, actor_id, user_id_of
from noivu.accounts.authentication import actor_of
from noivu.accounts.carried import Carried, declare_carried
from noivu.accounts.colleagues import (
    Colleague,
    active_users,
    colleagues,
    colleagues_called,
    colleagues_named,
    heads_by_unit,
    written_account,
)
from noivu.accounts.demo import add_demo_people
from noivu.accounts.leaving import OpenWork, Successor, declare_open_work
from noivu.accounts.models import Grant, User
from noivu.accounts.policies import is_topmost
from noivu.accounts.queries import actor_named, user_named
from noivu.accounts.services import (
    add_user,
    add_user_with_role,
    deactivate,
    end_grant,
    end_substitution,
    give_password,
    grant_role,
    set_substitute,
)
from noivu.accounts.standing_in import Substitute, substitutes_on

__all__ = [
    "Carried",
    "Colleague",
    "Grant",
    "OpenWork",
    "SignedInActor",
    "StandIn",
    "Substitute",
    "Successor",
    "User",
    "active_users",
    "actor_id",
    "actor_named",
    "actor_of",
    "add_demo_people",
    "add_user",
    "add_user_with_role",
    "colleagues",
    "colleagues_called",
    "colleagues_named",
    "deactivate",
    "declare_carried",
    "declare_open_work",
    "end_grant",
    "end_substitution",
    "give_password",
    "grant_role",
    "heads_by_unit",
    "is_topmost",
    "set_substitute",
    "substitutes_on",
    "user_id_of",
    "user_named",
    "written_account",
]
