"""The pages of one's own account, and the routes of the sign-in library that are wanted.

The library's own list is not included: sign-up, e-mail management and the rest do not exist here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from noivu.accounts.views import own, people, substitution, waiting

LIBRARY_ROUTES = [
    path("sign-in/", own.sign_in, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/forgotten/", own.forgotten, name="account_reset_password"),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    # The key holds hyphens of its own: only the first one parts it from the user.
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", second_factor.index, name="mfa_index"),
    path("second-factor/sign-in/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/application/add/", application.activate_totp, name="mfa_activate_totp"),
    path("second-factor/application/remove/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
OWN_ROUTES = [
    path("", own.home, name="home"),
    path("substitution/", substitution.own, name="substitution"),
    path("substitution/<int:substitution_id>/end/", substitution.end, name="end-substitution"),
    path("users/<int:user_id>/substitution/", substitution.of_person, name="person-substitution"),
    path(
        "users/<int:user_id>/substitution/<int:substitution_id>/end/",
        substitution.end_of_person,
        name="end-person-substitution",
    ),
    path("users/", people.people, name="people"),
    path("users/add/", people.add, name="add-person"),
    path("users/waiting/", waiting.grants, name="waiting-grants"),
    path("users/waiting/<int:grant_id>/", waiting.grant, name="waiting-grant"),
    path("users/waiting/<int:grant_id>/accept/", waiting.accept, name="accept-grant"),
    path("users/waiting/<int:grant_id>/narrow/", waiting.narrow, name="narrow-grant"),
    path("users/waiting/<int:grant_id>/refuse/", waiting.refuse, name="refuse-grant"),
    path("users/<int:user_id>/", people.person, name="person"),
    path("users/<int:user_id>/grant/", people.grant, name="grant"),
    path("users/<int:user_id>/grants/<int:grant_id>/end/", people.end_grant, name="end-grant"),
    path("users/<int:user_id>/password/", people.password, name="person-password"),
    path("users/<int:user_id>/deactivate/", people.deactivate, name="deactivate"),
    path("units/", people.units, name="units"),
    path("sign-out-everywhere/", own.sign_out_everywhere, name="sign-out-everywhere"),
]

urlpatterns = [
    *LIBRARY_ROUTES,
    path("", include((OWN_ROUTES, "accounts"))),
]
