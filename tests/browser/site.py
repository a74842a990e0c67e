"""The site map as the browser walks it: every page by the name of its address, or the reason why it is not walked."""

from dataclasses import dataclass

PERIOD = "unit=BNV&period=2024-10"


@dataclass(frozen=True)
class Place:
    """A page: its name in reports of failure, its address (`{report}` from the sample's places), who opens it."""

    name: str
    path: str
    who: str = "ha"
    status: int = 200


NOBODY, EVERYTHING, CODES = "", "ha", "giang"
PLACES = (
    # Whoever is not signed in
    Place("sign-in", "/accounts/sign-in/", NOBODY),
    Place("password-forgotten", "/accounts/password/forgotten/", NOBODY),
    Place("nothing-here", "/nowhere/", EVERYTHING, status=404),
    # The whole
    Place("home", f"/?{PERIOD}"),
    Place("home-empty", "/?unit=VPC-BNV&period=2024-03"),
    Place("home-year", "/?unit=BNV&period=2024"),
    Place("search", "/search/?q=bien+che"),
    Place("search-nothing", "/search/?q=khong+co+gi+nhu+the"),
    # Documents
    Place("documents-in", f"/documents/in/?{PERIOD}"),
    Place("documents-in-required", f"/documents/in/?{PERIOD}&cut=required"),
    Place("documents-in-nothing", f"/documents/in/?{PERIOD}&q=khong+co+gi+nhu+the"),
    Place("document-in-new", "/documents/in/new/"),
    Place("document-in-assign-chosen", "/documents/in/assign/?row={document_in}"),
    Place("document-in", "/documents/in/{document_in}/"),
    Place("document-in-history", "/documents/in/{document_in}/history/"),
    Place("document-in-correct", "/documents/in/{document_in}/correct/"),
    Place("document-in-cancel", "/documents/in/{document_in}/cancel/"),
    Place("document-in-remove", "/documents/in/{document_in}/remove/"),
    Place("document-in-require-reply", "/documents/in/{document_plain}/require-reply/"),
    Place("document-in-assign", "/documents/in/{document_in}/assign/"),
    Place("document-in-attach", "/documents/in/{document_in}/files/"),
    Place("obligation-reply", "/obligations/{reply}/reply/"),
    Place("obligation-extend", "/obligations/{reply}/extend/"),
    Place("obligation-suspend", "/obligations/{reply}/suspend/"),
    Place("obligation-assign", "/obligations/{reply}/assign/"),
    Place("documents-out", f"/documents/out/?{PERIOD}"),
    Place("document-out-new", "/documents/out/new/"),
    Place("document-out", "/documents/out/{document_out}/"),
    Place("document-out-history", "/documents/out/{document_out}/history/"),
    Place("document-out-correct", "/documents/out/{document_out}/correct/"),
    Place("document-out-cancel", "/documents/out/{document_out}/cancel/"),
    Place("document-out-remove", "/documents/out/{document_out}/remove/"),
    Place("registers", "/documents/registers/"),
    Place("off-network", "/documents/off-network/"),
    Place("off-network-one", "/documents/off-network/{declaration}/"),
    # Work
    Place("my", "/my/"),
    Place("due", f"/due/?{PERIOD}"),
    Place("tasks", f"/tasks/?{PERIOD}"),
    Place("task-new", "/tasks/new/"),
    Place("task", "/tasks/{task}/"),
    Place("task-correct", "/tasks/{task}/correct/"),
    Place("task-complete", "/obligations/{task}/complete/"),
    Place("recommendations", "/recommendations/?unit=BNV"),
    Place("recommendation-new", "/recommendations/new/"),
    Place("recommendation", "/recommendations/{recommendation}/"),
    Place("recommendation-correct", "/recommendations/{recommendation}/correct/"),
    Place("sessions", "/recommendations/sessions/"),
    Place("session-new", "/recommendations/sessions/new/"),
    Place("session", "/recommendations/sessions/{session}/"),
    # Figures
    Place("figures", f"/figures/?{PERIOD}"),
    Place("figure", f"/figures/documents.reply_required/?{PERIOD}"),
    Place("figure-rate", f"/figures/tasks.completion_rate/?{PERIOD}"),
    Place("figure-why", f"/figures/documents.reply_required/why/?{PERIOD}"),
    Place("figure-structure", f"/figures/documents.reply_required/?{PERIOD}&structure=2025-07-01"),
    Place("figure-empty", "/figures/documents.received/?unit=VPC-BNV&period=2024-03"),
    # Reports
    Place("reports", f"/reports/?{PERIOD}"),
    Place("report", "/reports/{report}/"),
    Place("report-write", "/reports/{report}/write/{slot}/"),
    # Units
    Place("units", "/units/"),
    Place("units-found", "/units/?q=nghe+an"),
    Place("unit", "/units/BNV/"),
    Place("unit-province", "/units/40/"),
    Place("units-former", "/units/?on=2025-07-01&q=ben+nghe"),
    Place("units-tree", "/units/tree/?on=2025-07-01"),
    Place("units-list", "/units/list/?on=2025-07-01&tier=commune"),
    Place("unit-lineage", "/units/26740/lineage/?on=2025-07-01"),
    Place("unit-lineage-none", "/units/BNV/lineage/"),
    # Law
    Place("calendar", "/law/calendar/"),
    Place("calendar-year", "/law/calendar/2024/"),
    Place("calendar-change", "/law/calendar/change/"),
    Place("calendar-swap", "/law/calendar/swap/"),
    Place("calendar-take-back", "/law/calendar/{day}/take-back/"),
    Place("calendar-confirm", "/law/calendar/2027/confirm/"),
    Place("calendar-take-back-year", "/law/calendar/2027/take-back/"),
    Place("deadline", "/law/deadline/"),
    Place("deadline-counted", "/law/deadline/?start=16/10/2024&counts=working_days&length=10"),
    Place("parameters", "/law/parameters/"),
    Place("parameter", "/law/parameters/{parameter}/"),
    Place("parameter-value", "/law/parameters/{parameter}/value/"),
    Place("parameter-take-back", "/law/parameters/{parameter}/{day}/take-back/"),
    Place("instruments", "/law/instruments/"),
    Place("instrument-new", "/law/instruments/register/"),
    # The log
    Place("log", "/audit/"),
    Place("log-entry", "/audit/{entry}/"),
    # Imports
    Place("imports", "/sheets/"),
    Place("import-new", "/sheets/new/?template=documents-in"),
    Place("import-batch", "/sheets/{batch}/"),
    # Accounts
    Place("account", "/accounts/"),
    Place("people", "/accounts/users/"),
    Place("waiting-grants", "/accounts/users/waiting/"),
    Place("person-new", "/accounts/users/add/"),
    Place("person", "/accounts/users/{person}/"),
    Place("person-grant", "/accounts/users/{person}/grant/"),
    Place("person-end-grant", "/accounts/users/{person}/grants/{grant}/end/"),
    Place("person-password", "/accounts/users/{person}/password/"),
    Place("person-deactivate", "/accounts/users/{person}/deactivate/"),
    Place("password-change", "/accounts/password/"),
    Place("confirm", "/accounts/confirm/"),
    Place("second-factor", "/accounts/second-factor/"),
    Place("application-add", "/accounts/second-factor/application/add/"),
    Place("passkeys", "/accounts/passkeys/"),
    Place("passkey-add", "/accounts/passkeys/add/"),
    Place("second-factor-on", "/accounts/second-factor/", CODES),
    Place("application-remove", "/accounts/second-factor/application/remove/", CODES),
    Place("recovery-codes", "/accounts/second-factor/codes/", CODES),
    Place("recovery-codes-new", "/accounts/second-factor/codes/new/", CODES),
    Place("second-factor-confirm", "/accounts/second-factor/confirm/", CODES),
    # The design system
    Place("components", "/ui/"),
    Place("specimen-register", "/ui/register/"),
    Place("specimen-register-empty", "/ui/register/?q=khong+co+gi+nhu+the"),
)

POSTS_ONLY = "posts only"
NOTHING_WAITS = "only while a grant waits: by the sample's day no unit has ended"
NOT_WALKED = {
    "account_logout": POSTS_ONLY,
    "accounts:sign-out-everywhere": POSTS_ONLY,
    "reports:draft": POSTS_ONLY,
    "sheets:run": POSTS_ONLY,
    "sheets:codes": POSTS_ONLY,
    "records:detach": POSTS_ONLY,
    "ui:language": POSTS_ONLY,
    "ui:theme": POSTS_ONLY,
    "ui:density": POSTS_ONLY,
    "ui:keys": POSTS_ONLY,
    "figures:evidence": "a passage beside the report: test_the_report",
    "ui:specimen": "a passage opened in the register: test_the_keyboard",
    "accounts:units": "suggestions under a field",
    "units:picker": "a passage in the unit picker: test_in_between",
    "accounts:waiting-grant": NOTHING_WAITS,
    "accounts:accept-grant": NOTHING_WAITS,
    "accounts:narrow-grant": NOTHING_WAITS,
    "accounts:refuse-grant": NOTHING_WAITS,
    "units:branch": "a passage opened in the tree",
    "office:incoming-opened": "a passage opened in the register: test_the_keyboard",
    "office:incoming-export": "a file",
    "office:tasks-export": "a file",
    "office:task-opened": "a passage opened in the register",
    "office:recommendations-export": "a file",
    "office:recommendation-opened": "a passage opened in the register",
    "records:outgoing-opened": "a passage opened in the register",
    "records:outgoing-export": "a file",
    "records:file": "a file",
    "reports:export": "files: test_the_report",
    "sheets:template": "a file",
    "sheets:kept": "files",
    "sheets:heads": "only after a file was sent: test_in_between",
    "sheets:forget": POSTS_ONLY,
    "account_inactive": "only for an account that was ended meanwhile",
    "account_reset_password_done": "only where the installation sends e-mail",
    "account_reset_password_from_key": "only where the installation sends e-mail",
    "account_reset_password_from_key_done": "only where the installation sends e-mail",
    "mfa_authenticate": "only between password and code: test_signing_in",
    "mfa_login_webauthn": "answers the browser's passkey, not a reader",
    "mfa_reauthenticate_webauthn": "only with a passkey: test_in_between",
    "mfa_edit_webauthn": "only with a passkey: test_in_between",
    "mfa_remove_webauthn": "only with a passkey: test_in_between",
}
