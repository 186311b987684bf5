"""`resonanz manage rebuild_derived`: build anew what is derived and stands in no table of ours."""

from typing import Any

from django.core.management.base import BaseCommand

from resonanz.plumbing.derived import DERIVED


class Command(BaseCommand):
    """Builds it anew, one after the other. Safe to run again."""

    help = "Build anew what is derived from the rows, such as the index for search."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Run what the rooms registered."""
        for build in DERIVED:
            build()
        self.stdout.write(f"Built anew: {len(DERIVED)}.\n")
