"""Addresses of the pages about the team, the workspaces and the trail."""

from django.urls import path

from resonanz.workspaces.views import hours, invitations, members, trail_page, workspaces_page

urlpatterns = [
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite_member, name="members-invite"),
    path("members/invitations/<int:pk>/renew/", members.renew, name="members-renew"),
    path("members/invitations/<int:pk>/withdraw/", members.withdraw, name="members-withdraw"),
    path("members/<int:pk>/", members.member, name="members-member"),
    path("members/<int:pk>/role/", members.set_role, name="members-role"),
    path("members/<int:pk>/leave/", members.end_membership, name="members-leave"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("settings/hours/", hours.hours, name="settings-hours"),
    path("settings/hours/save/", hours.save_hours, name="settings-hours-save"),
    path("settings/absence/", hours.add_absence, name="settings-absence"),
    path("settings/absence/<int:pk>/end/", hours.end_absence, name="settings-absence-end"),
    path("today/not-me/", hours.hand_over_today, name="today-not-me"),
    path("workspaces/", workspaces_page.workspaces, name="workspaces"),
    path("workspaces/<int:pk>/enter/", workspaces_page.enter, name="workspaces-enter"),
    path("workspaces/found/", workspaces_page.found, name="workspaces-found"),
    path("trail/", trail_page.trail, name="trail"),
    path("trail/export/<slug:form>/", trail_page.export, name="trail-export"),
]
