"""Founds a house with two members, and lets people speak to it: a script in its environment.

`python inside.py found` makes the house in prepared tables, `python inside.py say NAME [ANSWERS]`
lets Anna say something that is called NAME, in answer to what is called ANSWERS.
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from resonanz.channels.arrivals import take_in  # noqa: E402
from resonanz.channels.models import Channel  # noqa: E402
from resonanz.channels.vault import vault  # noqa: E402
from resonanz.switchboard.contract import Can  # noqa: E402
from resonanz.switchboard.shapes import Mention, Page, Profile, Said  # noqa: E402
from resonanz.workspaces.actions import found_workspace  # noqa: E402
from resonanz.workspaces.models import Member, User, Voice  # noqa: E402

PASSWORD = "rye-and-caraway-17"
HOST = "town.example"
US = {"uid": "https://town.example/users/us", "handle": "@us@town.example"}


def found() -> None:
    """Alice owns a bakery, Bob helps; one account that is never spoken to."""
    alice = found_workspace(
        name="Daybreak Bakery",
        language="en",
        time_zone="Europe/Berlin",
        domains=["bakery.example"],
        member_name="Alice",
        email="alice@bakery.example",
        password=PASSWORD,
        signature="",
        capacity=Voice.Capacity.ORGANISATION,
    )
    user = User.objects.create_user(email="bob@bakery.example", password=PASSWORD)
    workspace = alice.workspace
    bob = Member.objects.create(workspace=workspace, user=user, name="Bob", language="en")
    Voice.objects.create(workspace=workspace, member=bob, name="Bob", signature="")
    Channel.objects.create(
        workspace=workspace,
        network="mastodon",
        uid=US["uid"],
        handle=US["handle"],
        name="Bakery",
        address=f"https://{HOST}",
        profile=US,
        facts={"text_limit": 500, "link_cost": 23},
        abilities=sorted(ability.value for ability in Can),
        credentials=vault().seal('{"token": "invented"}'),
        state=Channel.State.OK,
    )


def say(name: str, answers: str = "") -> None:
    """Anna says something to us now; its text is its name."""
    anna = Profile(uid=f"https://{HOST}/users/anna", local_id="anna", handle="@anna@town.example")
    said = Said(
        uid=f"https://{HOST}/posts/{name}",
        local_id=name,
        author=anna,
        said_at=timezone.now() - timedelta(seconds=1),
        html=f"<p>This is {name}.</p>",
        answers_uid=f"https://{HOST}/posts/{answers}" if answers else "",
        mentions=(Mention(uid=US["uid"], handle=US["handle"]),),
    )
    take_in(channel=Channel.objects.get(), lane="notifications", page=Page(posts=(said,)))


if __name__ == "__main__":
    {"found": found, "say": say}[sys.argv[1]](*sys.argv[2:])
