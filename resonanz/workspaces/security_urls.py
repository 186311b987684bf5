"""Addresses about signing in and its safety. The names are those that allauth asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from resonanz.workspaces.views.security import ask_everybody, security, sessions, untie
from resonanz.workspaces.views.signing_in import (
    back_from_provider,
    provider_cancelled,
    sign_in_by_passkey,
    sign_in_with,
)

urlpatterns = [
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/cancelled/", provider_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/with/<slug:provider_id>/", sign_in_with, name="openid_connect_login"),
    path(
        "sign-in/with/<slug:provider_id>/back/",
        back_from_provider,
        name="openid_connect_callback",
    ),
    path("security/", security, name="mfa_index"),
    path("security/everybody/", ask_everybody, name="security-everybody"),
    path("security/sessions/", sessions, name="usersessions_list"),
    path("security/provider/cut/", untie, name="security-untie"),
    path("security/password/", account.reauthenticate, name="account_reauthenticate"),
    path("security/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("security/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("security/app/", app.activate_totp, name="mfa_activate_totp"),
    path("security/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("security/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "security/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"
    ),
    path("security/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
