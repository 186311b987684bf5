"""Connecting a real blog."""

import pytest

from resonanz.networks.wordpress.connector import network
from resonanz.networks.wordpress.sign_in import PASSWORD_NOT_SEEN
from resonanz.switchboard.contract import Can, Surroundings, Way
from resonanz.switchboard.shapes import (
    Account,
    Answering,
    Outgoing,
)
from resonanz.switchboard.trouble import Refused, SignInAgain
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.wordpress.looking import ROLES, connected, connector, look, one

pytestmark = pytest.mark.peer


def test_a_blog_is_found_by_whatever_address_somebody_types(
    blog: WordPressServer, world: Surroundings
):
    article = blog.write("Gefunden")
    for typed in (
        f"127.0.0.1:{blog.port}",
        f" http://127.0.0.1:{blog.port}/ ",
        f"http://127.0.0.1:{blog.port}/wp-admin/profile.php",
        blog.link(article),
        f"http://127.0.0.1:{blog.port}/wp-json/",
    ):
        answers = {"blog": typed, **blog.users["mehl"].answers}
        found = network.begin(Way.TOKEN, answers, "", world)
        assert isinstance(found, Account)
        assert found.address == blog.address
        assert found.facts.title == "Mehl & Söhne"
        assert found.facts.version.startswith("6.1")


def test_a_blog_without_pretty_permalinks_works_as_well(blog: WordPressServer, world: Surroundings):
    before = blog.php("return get_option('permalink_structure');")
    blog.set("permalink_structure", "")
    try:
        ours = connector(blog, world)
        article = blog.write("Ohne schöne Adressen")
        said = one(look(ours, lane="home").posts, f"p{article}")
        assert said.url.endswith(f"/?p={article}")
        receipt = ours.publish(
            Outgoing(
                key="k", text="Auch so.", answering=Answering(uid=said.uid, local_id=said.local_id)
            )
        )
        assert blog.comment(int(receipt.local_id[1:]))["comment_content"] == "Auch so."
        assert [s.local_id for s in ours.thread(receipt.local_id).posts] == [
            f"p{article}",
            receipt.local_id,
        ]
    finally:
        blog.set("permalink_structure", before)


def test_a_wrong_password_is_told_in_a_sentence(blog: WordPressServer, world: Surroundings):
    answers = {"blog": blog.address, "user": "mehl", "password": "abcd efgh ijkl mnop qrst uvwx"}
    with pytest.raises(Refused) as refused:
        network.begin(Way.TOKEN, answers, "", world)
    assert refused.value.reason == PASSWORD_NOT_SEEN


def test_a_password_that_was_revoked_asks_to_sign_in_again(
    blog: WordPressServer, world: Surroundings
):
    user = blog.users["mehl"]
    code = "return WP_Application_Passwords::create_new_application_password($told['id'], ["
    made = blog.php(f"{code}'name' => 'short']);", id=user.id)
    answers = {"blog": blog.address, "user": user.name, "password": made[0]}
    account = network.begin(Way.TOKEN, answers, "", world)
    assert isinstance(account, Account)
    short = network.open(account, world)
    look(short)
    blog.php(
        "WP_Application_Passwords::delete_application_password($told['id'], $told['uuid']);",
        id=user.id,
        uuid=made[1]["uuid"],
    )
    for ask in (
        lambda: look(short),
        short.verify,
        lambda: short.publish(Outgoing(key="k", text="Nein", title="Nein")),
    ):
        with pytest.raises(SignInAgain):
            ask()


def test_application_passwords_that_are_off_are_told_in_a_sentence(
    blog: WordPressServer, world: Surroundings
):
    config = blog.folder / "wp-config.php"
    local = config.read_text()
    config.write_text(local.replace("'local'", "'production'"))
    try:
        with pytest.raises(Refused, match="WP_ENVIRONMENT_TYPE"):
            connected(blog, world)
    finally:
        config.write_text(local)


def test_what_a_user_may_do_follows_the_role(blog: WordPressServer, world: Surroundings):
    can = {name: connector(blog, world, name).can for name in ROLES}
    assert Can.MODERATE in can["mehl"]
    assert not any(Can.MODERATE in can[name] for name in ("lena", "karl", "gast"))
    assert {Can.PUBLISH, Can.ARTICLE, Can.MEDIA} <= can["lena"]
    assert Can.ARTICLE in can["karl"]
    assert Can.PUBLISH not in can["karl"]
    assert can["gast"] == {Can.NOTIFICATIONS, Can.HOME, Can.THREAD, Can.ANSWER}


def test_another_role_is_noticed_when_it_is_looked_at_again(
    blog: WordPressServer, world: Surroundings
):
    account = connected(blog, world, "lena")
    change = "(new WP_User($told['id']))->set_role($told['role']);"
    blog.php(change, id=blog.users["lena"].id, role="editor")
    try:
        renewed = network.open(account, world).verify()
        assert Can.MODERATE in network.open(renewed, world).can
    finally:
        blog.php(change, id=blog.users["lena"].id, role="author")
