"""A backup while five hundred posts come in, brought back elsewhere, on both databases."""

import json
import tarfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.peers.office import Office
from tests.peers.servers.mastodon_mock import MockServer
from tests.peers.servers.postgresql import PostgresServer
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.torture.__main__ import HURRIED

pytestmark = pytest.mark.peer

POSTS = 500
# Tables as they were at a step in the middle of those that were squashed later.
OLDER = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
executor.migrate(
    [
        ("conversations", "0010_what_the_origin_showed"),
        ("sessions", "0001_initial"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]
)
"""
# Models by the names of their tables.
COUNT = """
import json
from django.apps import apps
names = ("conversations.Post", "people.Identity", "outbox.Delivery", "channels.Channel")
models = [apps.get_model(name) for name in names]
print(json.dumps({model._meta.db_table: model.objects.count() for model in models}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def addresses(request: pytest.FixtureRequest) -> Iterator[list[dict[str, str]]]:
    """The settings of two installations: where their rows are."""
    if request.param == "sqlite":
        yield [{}, {}]
        return
    server = PostgresServer()
    try:
        yield [{"RESONANZ_DATABASE_URL": server.new_database(name)} for name in ("before", "after")]
    finally:
        server.stop()


@pytest.fixture
def ends() -> Iterator[ExitStack]:
    """What has to end after the test, whether it passed or not."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def house_in(tmp_path: Path, ends: ExitStack) -> Callable[..., ResonanzProcess]:
    """Makes installations, and ends them."""

    def make(name: str, environment: dict[str, str]) -> ResonanzProcess:
        house = ResonanzProcess(tmp_path / name, environment=HURRIED | environment)
        ends.callback(house.stop)
        return house

    return make


def manifest_of(file: Path) -> dict[str, Any]:
    with tarfile.open(file) as archive:
        content = archive.extractfile("manifest.json")
        assert content is not None
        told: dict[str, Any] = json.load(content)
        return told


def counted(house: ResonanzProcess) -> dict[str, int]:
    """Rows of tables, asked in the house itself."""
    told = house.command("manage", "shell", "--no-imports", "-c", COUNT)
    assert told.returncode == 0, told.stderr
    found: dict[str, int] = json.loads(told.stdout)
    return found


def test_a_backup_of_an_older_version_is_brought_back(
    postgres: PostgresServer, house_in: Callable[..., ResonanzProcess]
) -> None:
    """Its tables are made by the steps of its time, filled, and brought up to date."""
    before, after = (
        house_in(name, {"RESONANZ_DATABASE_URL": postgres.new_database(name)})
        for name in ("older", "newer")
    )
    before.home.mkdir(parents=True)
    stepped = before.command("manage", "shell", "--no-imports", "-c", OLDER, seconds=120)
    assert stepped.returncode == 0, stepped.stderr
    with psycopg.connect(before.surroundings()["RESONANZ_DATABASE_URL"]) as rows:
        rows.execute("INSERT INTO django_session VALUES ('a', 'of that time', now())")
    told = before.command("backup", str(before.home.parent / "old.tar.gz"), seconds=120)
    assert told.returncode == 0, told.stderr
    restored = after.command("restore", str(before.home.parent / "old.tar.gz"), seconds=120)
    assert restored.returncode == 0, restored.stderr
    assert after.command("manage", "migrate", "--check").returncode == 0
    with psycopg.connect(after.surroundings()["RESONANZ_DATABASE_URL"]) as rows:
        assert rows.execute("SELECT session_data FROM django_session").fetchall() == [
            ("of that time",)
        ]


def test_a_backup_while_posts_come_in_is_brought_back_elsewhere(
    mock: MockServer,
    addresses: list[dict[str, str]],
    house_in: Callable[..., ResonanzProcess],
    ends: ExitStack,
    tmp_path: Path,
) -> None:
    """Same counts as in its manifest; the token works; what came after comes again; all once."""
    us, dora = mock.users["lighthouse"], mock.users["dora"]
    here = Office.founded(house_in("before", addresses[0]))
    ends.callback(here.close)
    here.connect(mock.address, us.token)
    here.house.start("listen")
    here.house.start("work")
    wait_until(lambda: here.look()["is_listening"], seconds=60, what="a line that is heard")
    said = [f"post number {number:03d}" for number in range(POSTS)]
    ours = [f"we say {number:02d}" for number in range(12)]

    def speak() -> None:
        for words in said:
            dora.post(f"@lighthouse {words}")

    speaking = threading.Thread(target=speak)
    speaking.start()
    wait_until(lambda: len(here.texts()) > POSTS // 5, seconds=120, what="the first posts")
    # Some go out before the backup, some wait in it, and go out while it is made or after it.
    for words in ours:
        here.say(words)
        time.sleep(0.05)
    folder = tmp_path / "backups"
    told = here.house.command("backup", str(folder), seconds=120)
    assert told.returncode == 0, told.stderr
    assert speaking.is_alive(), "All posts were there before the backup was made."
    speaking.join()
    (file,) = folder.glob("resonanz-*.tar.gz")
    here.wait_until_out()
    wait_until(lambda: len(here.texts()) >= POSTS, seconds=180, what="all posts")
    here.close()

    elsewhere = Office(house_in("after", addresses[1]))
    ends.callback(elsewhere.close)
    bring_back_and_compare(elsewhere, file, mock, said, ours)


def bring_back_and_compare(
    elsewhere: Office, file: Path, mock: MockServer, said: list[str], ours: list[str]
) -> None:
    """Restore elsewhere, let it work, and count on both sides."""
    there = elsewhere.house
    restored = there.command("restore", str(file), seconds=120)
    assert restored.returncode == 0, restored.stderr
    counts = manifest_of(file)["counts"]
    assert {table: counts[table] for table in counted(there)} == counted(there)
    assert POSTS // 5 < counts["conversations_post"] < POSTS + len(ours)

    assert there.command("prepare").returncode == 0
    there.start("work")
    wait_until(
        lambda: sum(words in text for text in elsewhere.texts() for words in said) >= POSTS,
        seconds=180,
        what="what was said since the backup",
    )
    elsewhere.wait_until_out()
    assert set(elsewhere.texts().values()) == {1}
    stand_there = Counter(ours_in(mock.users["lighthouse"].said_ever(), ours))
    assert stand_there == Counter(ours)
    assert not elsewhere.look()["alarms_ever"]


def ours_in(posts: list[Any], ours: list[str]) -> list[str]:
    """Which of our texts stand at the server."""
    return [words for post in posts for words in ours if words in post.content]
