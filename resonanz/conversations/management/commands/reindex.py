"""`resonanz manage reindex`: give everything that was said and noted its words anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from resonanz.conversations.search.runs import begin_run, do_batch, open_runs

SAY_EVERY = 100


class Command(BaseCommand):
    """Makes the words of the search anew, while the house goes on working."""

    help = (
        "Make the words of the search anew, for instance after the rules for words changed. "
        "Can be broken off: it goes on where it was with --continue, or by itself in the worker."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The two ways to do it."""
        parser.add_argument(
            "--continue", action="store_true", dest="goes_on", help="go on where it was broken off"
        )
        parser.add_argument(
            "--later", action="store_true", help="only begin; the worker does it in the background"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's)
        """Do it, and say how far it is."""
        run = open_runs().first() if options["goes_on"] else None
        run = run or begin_run()
        if options["later"]:
            self.stdout.write("The worker does it in the background.")
            return
        batches = 0
        while do_batch(run):
            batches += 1
            if batches % SAY_EVERY == 0:
                self.stdout.write(f"{run.post_below} posts are left at most.")
        self.stdout.write("Everything has its words.")
