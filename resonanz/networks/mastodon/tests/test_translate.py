"""Their JSON becomes our shapes."""

from typing import Any

import msgspec
import pytest

from resonanz.networks.mastodon.facts import facts_of, host_in_handles
from resonanz.networks.mastodon.payloads import (
    ContextPayload,
    InstancePayload,
    NotificationPayload,
    StatusPayload,
)
from resonanz.networks.mastodon.tests.town import OURS, US, naming, note, person, status
from resonanz.networks.mastodon.translate import Viewpoint, said_of, thread_of, told_of, uid_of
from resonanz.switchboard.decoding import read_each
from resonanz.switchboard.shapes import Audience, Link, ReactionKind, Said
from resonanz.switchboard.trouble import Unreadable

HERE = Viewpoint(us=US)
ON_SNAC = Viewpoint(us=US, tells_language=False, has_followers_only=False)


def post(view: Viewpoint = HERE, **more: object) -> Said:
    return said_of(msgspec.convert(status(**more), StatusPayload), view)  # type: ignore[arg-type]


def told(*notes: dict[str, object], view: Viewpoint = HERE):  # type: ignore[no-untyped-def]
    return told_of([msgspec.convert(one, NotificationPayload) for one in notes], view)


def test_a_post_keeps_its_manners() -> None:
    said = post(visibility="unlisted", spoiler_text="Kuchen & Tee", in_reply_to_id="9")
    assert (said.uid, said.local_id) == ("https://hill.example/posts/10", "10")
    assert said.audience is Audience.UNLISTED
    assert (said.warning, said.language, said.answers_local_id) == ("Kuchen & Tee", "de", "9")


def test_entities_stay_as_they_came_and_are_never_decoded_twice() -> None:
    """HTML stays HTML; what is plain text is not touched: `&amp;` typed by somebody stays."""
    said = post(content="<p>Brot &amp; Butter</p>", spoiler_text="&amp; so heißt das Zeichen")
    assert said.html == "<p>Brot &amp; Butter</p>"
    assert said.warning == "&amp; so heißt das Zeichen"


def test_handles_are_names_with_their_host() -> None:
    local = post(account=person("Bob"), mentions=naming("backstube", "Cem@Dale.example"))
    assert (local.author.uid, local.author.handle) == ("bob@town.example", "@Bob@town.example")
    assert [named.uid for named in local.mentions] == ["backstube@town.example", "cem@dale.example"]
    assert local.mentions[0].handle == "@backstube@town.example"


def test_one_person_has_one_uid_however_the_host_is_written() -> None:
    assert uid_of("Ada@Bücher.example", "x") == uid_of("ada@xn--bcher-kva.example", "y")
    assert uid_of("ada@localhost:4001", "x") == "ada@localhost:4001"


@pytest.mark.parametrize(
    ("visibility", "audience"),
    [
        ("public", Audience.PUBLIC),
        ("unlisted", Audience.UNLISTED),
        ("private", Audience.FOLLOWERS),
        ("direct", Audience.DIRECT),
        ("something_new", Audience.DIRECT),
    ],
)
def test_an_unknown_visibility_is_read_as_the_narrowest(
    visibility: str, audience: Audience
) -> None:
    assert post(visibility=visibility).audience is audience


def test_a_direct_post_is_meant_for_us_and_a_mention_in_public_is_not() -> None:
    direct = note(1, status=status(visibility="direct", mentions=naming("backstube")))
    public = note(2, status=status(11, mentions=naming("backstube")))
    posts, reactions = told(direct, public)
    assert [said.is_direct_to_us for said in posts] == [True, False]
    assert posts[0].audience is Audience.DIRECT
    assert reactions == ()


def test_our_own_direct_post_is_not_direct_to_us() -> None:
    said = post(account=OURS, visibility="direct", mentions=naming("backstube", "ada@hill.example"))
    assert not said.is_direct_to_us


def test_snac_calls_direct_private_and_leaves_the_reader_out_of_the_mentions() -> None:
    html = f'<a href="{US.url}" class="u-url mention">@backstube</a> psst'
    posts, _ = told(note(1, status=status(content=html, visibility="private")), view=ON_SNAC)
    assert posts[0].audience is Audience.DIRECT
    assert posts[0].is_direct_to_us
    assert posts[0].mentions[0].uid == US.uid
    assert posts[0].language == ""


def test_a_private_post_that_the_server_reports_is_meant_for_us_without_naming_us() -> None:
    posts, _ = told(note(1, status=status(visibility="private")), view=ON_SNAC)
    assert posts[0].is_direct_to_us


def test_a_boost_gives_the_original_and_who_passed_it_on() -> None:
    said = post(number=99, account=person("cem@dale.example"), reblog=status(10))
    assert (said.uid, said.local_id) == ("https://hill.example/posts/10", "10")
    assert said.author.uid == "ada@hill.example"
    assert said.shared_by is not None
    assert said.shared_by.uid == "cem@dale.example"


def test_links_are_kept_without_people_and_tags() -> None:
    html = (
        '<p><a href="https://hill.example/@ada" class="u-url mention">@<span>ada</span></a> '
        '<a href="https://town.example/tags/brot" class="mention hashtag">#<span>brot</span></a> '
        '<a href="https://town.example/tags/tee">#tee</a> '
        '<a href="https://brot.example/a?x=1&amp;y=2">brot.example/a</a> '
        '<a href="javascript:alert(1)">x</a> <a href="https://[broken">y</a> <a>z</a></p>'
    )
    tags = [{"name": "tee", "url": "https://town.example/tags/tee"}]
    assert post(content=html, tags=tags).links == (
        Link(url="https://brot.example/a?x=1&y=2", text="brot.example/a"),
    )


def test_a_quote_is_read_in_the_new_form_the_old_form_and_not_at_all() -> None:
    new = {"state": "accepted", "quoted_status": status(7)}
    assert post(quote=new).quotes_uid == "https://hill.example/posts/7"
    assert post(quote=status(8)).quotes_uid == "https://hill.example/posts/8"
    assert post(quote={"state": "revoked", "quoted_status": None}).quotes_uid == ""
    assert post(quote="something").quotes_uid == ""


def test_reactions_have_the_same_uid_whenever_they_are_seen() -> None:
    first = told(note(1, "favourite"), note(2, "reblog"), note(3, "follow"))[1]
    again = told(
        note(91, "favourite", status=status("51")),
        note(92, "reblog", status=status("52")),
        note(93, "follow"),
    )[1]
    assert [reaction.uid for reaction in first] == [reaction.uid for reaction in again]
    assert len({reaction.uid for reaction in first}) == 3
    assert [reaction.kind for reaction in first] == [
        ReactionKind.FAVOURITE,
        ReactionKind.BOOST,
        ReactionKind.FOLLOW,
    ]


def test_polls_and_requests_and_news_of_tomorrow_are_passed_over() -> None:
    assert told(note(1, "poll"), note(2, "follow_request"), note(3, "kinetic")) == ((), ())


def test_one_broken_entry_hides_no_other(caplog: pytest.LogCaptureFixture) -> None:
    raws = [msgspec.Raw(msgspec.json.encode(body)) for body in (status(1), {"id": "2"}, status(3))]
    assert [one.id for one in read_each(raws, StatusPayload)] == ["1", "3"]
    assert "1 of 3 entries could not be read" in caplog.text
    with pytest.raises(Unreadable):
        read_each(raws[1:2], StatusPayload)


def test_a_post_without_name_or_time_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        post(uri=None, url=None)
    with pytest.raises(Unreadable):
        post(created_at="gestern")
    with pytest.raises(Unreadable):
        post(created_at="0001-01-01T00:00:00+14:00")


def thread(
    ancestors: list[object], middle: object, descendants: list[object]
) -> tuple[bool, list[str]]:
    context = msgspec.json.decode(
        msgspec.json.encode({"ancestors": ancestors, "descendants": descendants}),
        type=ContextPayload,
    )
    found = thread_of(msgspec.convert(middle, StatusPayload), context, HERE)
    return found.is_complete, [said.local_id for said in found.posts]


def test_a_thread_that_holds_all_it_speaks_of_is_complete() -> None:
    first = status(1, replies_count=1, created_at="2026-03-10T10:00:00Z")
    second = status(2, in_reply_to_id="1", replies_count=1)
    third = status(3, in_reply_to_id="2", created_at="2026-03-10T12:00:00Z")
    assert thread([first], second, [third]) == (True, ["1", "2", "3"])


def test_a_thread_says_when_answers_are_missing_or_its_beginning() -> None:
    assert not thread([], status(2, replies_count=2), [status(3, in_reply_to_id="2")])[0]
    assert not thread([], status(2, in_reply_to_id="1"), [])[0]
    assert not thread([], status(2), [status(4, in_reply_to_id="3")])[0]
    assert not thread([], status(2), [status(3, in_reply_to_id="2", created_at="x")])[0]


def test_posts_that_came_together_name_each_other_by_uid() -> None:
    context = ContextPayload(ancestors=[], descendants=[])
    context.descendants.append(msgspec.Raw(msgspec.json.encode(status(3, in_reply_to_id="2"))))
    posts = thread_of(msgspec.convert(status(2), StatusPayload), context, HERE).posts
    assert [said.answers_uid for said in posts] == ["", "https://hill.example/posts/2"]


def instance(**more: object) -> InstancePayload:
    return msgspec.convert({"version": "4.3.1"} | more, InstancePayload)


def test_facts_come_from_either_version_of_the_instance() -> None:
    limits = {"max_characters": 1000, "characters_reserved_per_url": 30}
    newer = facts_of(
        instance(
            domain="town.example",
            languages=["de", "en"],
            configuration={"statuses": limits, "urls": {"streaming": "wss://s.town.example"}},
        )
    )
    assert (newer.text_limit, newer.link_cost, newer.language) == (1000, 30, "de")
    assert newer.streaming_url == "https://s.town.example"
    older = facts_of(instance(uri="town.example", urls={"streaming_api": "wss://town.example/"}))
    assert (older.text_limit, older.link_cost) == (500, 23)
    assert older.streaming_url == "https://town.example"


@pytest.mark.parametrize(
    ("version", "source", "software"),
    [
        ("4.3.1", "https://git.example/mastodon", ("Mastodon", "4.3.1")),
        ("4.0.0 (not true; really snac/2.75)", "", ("snac", "2.75")),
        ("2.7.2 (compatible; Pleroma 2.6.1)", "", ("Pleroma", "2.6.1")),
        ("0.17.0+git-1", "https://git.example/gotosocial", ("GoToSocial", "0.17.0+git-1")),
    ],
)
def test_the_software_is_known_by_what_it_writes_about_itself(
    version: str, source: str, software: tuple[str, str]
) -> None:
    facts = facts_of(instance(version=version, source_url=source))
    assert (facts.software, facts.version) == software


def test_the_host_in_handles_is_not_always_that_of_the_server() -> None:
    assert host_in_handles(instance(domain="town.example"), "https://social.town.example") == (
        "town.example"
    )
    assert host_in_handles(instance(uri="https://town.example"), "https://x.example") == (
        "town.example"
    )
    assert host_in_handles(instance(), "http://localhost:4001") == "localhost:4001"


def test_an_account_that_has_gone_says_where() -> None:
    gone = post(account=person(moved=person("ada@dale.example"))).author
    assert gone.moved_to is not None
    assert (gone.moved_to.uid, gone.moved_to.handle) == ("ada@dale.example", "@ada@dale.example")
    assert gone.moved_to.url == "https://dale.example/@ada"
    to_us = post(account=person(moved=person("Ada"))).author.moved_to
    assert to_us is not None
    assert to_us.handle == "@Ada@town.example"
    assert post(account=person(moved=None)).author.moved_to is None
    assert post(account=person(moved="https://dale.example/@ada")).author.moved_to is None


@pytest.mark.parametrize(
    ("told", "is_indexable"),
    [
        ({}, True),
        ({"indexable": None, "noindex": None}, True),
        ({"indexable": True}, True),
        ({"indexable": False}, False),
        ({"indexable": True, "noindex": True}, False),
    ],
)
def test_who_may_be_found_is_what_the_server_says(told: dict[str, Any], is_indexable: bool) -> None:
    """Silence is no wish: servers that do not know the setting say nothing."""
    assert post(account=person(**told)).author.is_indexable is is_indexable


def test_a_profile_is_whole_so_that_what_was_taken_back_is_noticed() -> None:
    author = post(account=person(locked=True)).author
    assert (author.is_full, author.is_locked, author.bio_html) == (True, True, "")


def test_the_line_for_older_servers_goes_where_the_quote_is_shown() -> None:
    line = '<p class="quote-inline">RE: <a href="https://dale.example/9">dale.example/9</a></p>'
    quote = {"state": "accepted", "quoted_status": status(9)}
    quoting = post(content=f"{line}<p>So ist es.</p>", quote=quote)
    assert (quoting.html, quoting.links) == ("<p>So ist es.</p>", ())
    assert quoting.quotes_uid == "https://hill.example/posts/9"
    unknown = post(content=f"{line}<p>So ist es.</p>", quote={"state": "pending"})
    assert unknown.html.startswith(line)
