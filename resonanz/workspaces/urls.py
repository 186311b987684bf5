"""Addresses of this room. Of allauth's pages only those that are needed here."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from resonanz.workspaces.views import kept, speaking
from resonanz.workspaces.views.first_visit import setup, welcome
from resonanz.workspaces.views.languages import choose_language
from resonanz.workspaces.views.security import change_password
from resonanz.workspaces.views.settings_page import (
    save_hidden_words,
    save_member,
    save_voice,
    save_workspace,
    settings_page,
)
from resonanz.workspaces.views.signing_in import (
    forgotten_password,
    inactive,
    new_password,
    sign_in,
)

urlpatterns = [
    path("", include("resonanz.workspaces.security_urls")),
    path("", include("resonanz.workspaces.team_urls")),
    path("setup/", setup, name="setup"),
    path("welcome/", welcome, name="welcome"),
    path("language/", choose_language, name="set_language"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/inactive/", inactive, name="account_inactive"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("password/", change_password, name="account_change_password"),
    path("password/forgotten/", forgotten_password, name="account_reset_password"),
    path(
        "password/forgotten/sent/", allauth.password_reset_done, name="account_reset_password_done"
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        new_password,
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("settings/", settings_page, name="settings"),
    path("kept/", kept.kept, name="kept-writing"),
    path("settings/speaking/", speaking.speaking, name="settings-speaking"),
    path("settings/facts/", speaking.add_fact, name="settings-fact-add"),
    path("settings/facts/<int:pk>/", speaking.change_fact, name="settings-fact"),
    path("settings/facts/<int:pk>/remove/", speaking.drop_fact, name="settings-fact-drop"),
    path("settings/workspace/", save_workspace, name="settings-workspace"),
    path("settings/hidden-words/", save_hidden_words, name="settings-hidden-words"),
    path("settings/me/", save_member, name="settings-member"),
    path("settings/voice/", save_voice, name="settings-voice"),
]
