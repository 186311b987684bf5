"""`resonanz manage recompute`: derive acts and contacts anew."""

from typing import Any

from django.core.management.base import BaseCommand

from resonanz.relationships.recomputing import recompute_acts, recompute_contacts
from resonanz.workspaces.models import Workspace


class Command(BaseCommand):
    """Derives what is derived anew, for every workspace, while the house goes on working."""

    help = (
        "Derive acts from posts and contacts from acts anew, for instance after own domains "
        "were changed. Can be broken off and begun again."
    )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's)
        """Do it, and say how much was read."""
        for workspace in Workspace.objects.order_by("pk"):
            posts = recompute_acts(workspace=workspace)
            identities = recompute_contacts(workspace=workspace)
            self.stdout.write(f"{workspace.name}: {posts} posts, {identities} accounts.")
