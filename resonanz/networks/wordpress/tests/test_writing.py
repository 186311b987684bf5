"""Saying something, finding it again, changing and deciding."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from resonanz.networks.wordpress.credentials import WRITE
from resonanz.networks.wordpress.deciding import ONLY_COMMENTS
from resonanz.networks.wordpress.markup import article_markup, comment_markup, whole_text
from resonanz.networks.wordpress.payloads import MediaPayload
from resonanz.networks.wordpress.tests.blog import (
    API,
    BLOG,
    NOW,
    World,
    account,
    article,
    comment,
    listed,
    refusal,
)
from resonanz.networks.wordpress.troubles import NOBODY_COMMENTS_HERE, SAID_BEFORE
from resonanz.networks.wordpress.writing import (
    ANSWERED_LIES_ASIDE,
    ANSWERED_WAITS,
    MAY_NOT_PUBLISH,
)
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Answering, Attachment, Audience, Outgoing, Standing
from resonanz.switchboard.trouble import Gone, NotOffered, Refused, TryLater

PLACE = f"{API}/wp/v2"
ELSEWHERE = "https://hill.example/roggen/?a=1&b=2"
ANSWER = Outgoing(
    key="k",
    text="Gern & bis <bald>\n\nDein Mehl",
    answering=Answering(uid=f"{BLOG}/?p=12#comment-34", local_id="c34"),
)


def outgoing(text: str = "Guten Morgen.", **more: Any) -> Outgoing:
    return Outgoing(key="k", text=text, language="de", **more)


def said(number: int = 50, **more: Any) -> httpx.Response:
    return httpx.Response(201, json=comment(number, author=2, **more))


def laid(number: int = 50, **more: Any) -> httpx.Response:
    return httpx.Response(201, json=article(number, **more))


def answered(**more: Any) -> dict[str, Any]:
    return {
        f"GET {PLACE}/comments/34": httpx.Response(200, json=comment(34, **more)),
        f"POST {PLACE}/comments": said(parent=34),
    }


def test_an_answer_is_a_comment_below_the_one_it_answers() -> None:
    world = World(answered())
    receipt = world.connector().publish(ANSWER)
    assert world.sent() == {
        "post": 12,
        "parent": 34,
        "content": "Gern &amp; bis &lt;bald&gt;\n\nDein Mehl",
    }
    assert (receipt.uid, receipt.local_id) == (f"{BLOG}/?p=12#comment-50", "c50")


def test_an_answer_that_the_blog_holds_back_is_not_said_to_be_seen() -> None:
    """WordPress does so with the first comment of a user who may not moderate."""
    held = {f"POST {PLACE}/comments": said(parent=34, status="hold")}
    assert World(answered() | held).connector().publish(ANSWER).standing is Standing.HELD
    assert World(answered()).connector().publish(ANSWER).standing is Standing.PUBLISHED


def test_an_answer_to_an_article_is_a_comment_at_the_top() -> None:
    world = World(answered())
    below = msgspec.structs.replace(ANSWER, answering=Answering(uid="", local_id="p12"))
    world.connector().publish(below)
    assert "parent" not in world.sent()


def test_an_answer_to_what_another_channel_brought_finds_its_place_by_the_address() -> None:
    world = World(answered())
    answering = Answering(uid=f"{BLOG}/?p=12#comment-34", local_id="")
    world.connector().publish(msgspec.structs.replace(ANSWER, answering=answering))
    assert world.sent()["parent"] == 34


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("hold", ANSWERED_WAITS),
        ("spam", ANSWERED_LIES_ASIDE),
        ("trash", ANSWERED_LIES_ASIDE),
    ],
)
def test_nothing_is_answered_that_readers_do_not_see(status: str, sentence: str) -> None:
    world = World(answered(status=status))
    with pytest.raises(Refused) as refused:
        world.connector().publish(ANSWER)
    assert refused.value.reason == sentence
    assert not world.writes


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (refusal(403, "rest_comment_closed"), NOBODY_COMMENTS_HERE),
        (refusal(409, "comment_duplicate"), SAID_BEFORE),
        (refusal(403, "rest_cannot_read_post", "Leider nein."), "Leider nein."),
    ],
)
def test_a_refusal_is_a_sentence(answer: httpx.Response, sentence: str) -> None:
    world = World(answered() | {f"POST {PLACE}/comments": answer})
    with pytest.raises(Refused) as refused:
        world.connector().publish(ANSWER)
    assert refused.value.reason == sentence


def test_a_comment_that_came_too_fast_is_tried_again_soon() -> None:
    world = World(answered() | {f"POST {PLACE}/comments": refusal(429, "comment_flood")})
    with pytest.raises(TryLater) as trouble:
        world.connector().publish(ANSWER)
    assert trouble.value.after == timedelta(seconds=15)


def again(what: Outgoing = ANSWER) -> Outgoing:
    return msgspec.structs.replace(what, first_tried_at=NOW - timedelta(minutes=1))


def test_an_answer_that_arrived_after_all_is_found() -> None:
    ours = {
        "content": {"raw": "Gern &amp; bis &lt;bald&gt;\n\nDein Mehl", "rendered": ""},
        "date_gmt": "2026-03-10T11:59:30",
        "parent": 34,
    }
    found = World(
        {
            f"GET {PLACE}/comments": listed(
                [
                    comment(52, **ours),
                    comment(51, author=2, **(ours | {"content": {"raw": "Gern"}})),
                    comment(50, author=2, **ours),
                    comment(9, author=2, **(ours | {"date_gmt": "2026-03-09T11:59:30"})),
                ]
            )
        }
    )
    receipt = found.connector().find_published(again())
    assert receipt is not None
    assert receipt.local_id == "c50"
    assert dict(found.asked[0].url.params)["parent"] == "34"


def test_the_same_words_at_a_first_attempt_are_no_proof_that_it_is_ours() -> None:
    """Two texts of ours, both a mere thank you, are two: the second is refused, not swallowed."""
    world = World(answered() | {f"POST {PLACE}/comments": refusal(409, "comment_duplicate")})
    with pytest.raises(Refused):
        world.connector().publish(ANSWER)
    world.answers[f"GET {PLACE}/comments"] = listed(
        [
            comment(
                50,
                author=2,
                date_gmt="2026-03-10T11:59:30",
                content={"raw": comment_markup(ANSWER)},
            )
        ]
    )
    assert world.connector().publish(again()).local_id == "c50"


def test_an_article_has_a_title_and_paragraphs_with_links() -> None:
    world = World({f"POST {PLACE}/posts": laid()})
    text = "Brot & Butter\nund Zeit: https://hill.example/x?a=1&b=2.\n\n5 < 6"
    receipt = world.connector().publish(outgoing(text, title="Was heute aus dem <Ofen> kommt"))
    assert world.sent() == {
        "title": "Was heute aus dem &lt;Ofen> kommt",
        "status": "publish",
        "content": (
            "<!-- wp:paragraph -->\n<p>Brot &amp; Butter<br>und Zeit: "
            '<a href="https://hill.example/x?a=1&amp;b=2">https://hill.example/x?a=1&amp;b=2</a>.'
            "</p>\n<!-- /wp:paragraph -->\n\n"
            "<!-- wp:paragraph -->\n<p>5 &lt; 6</p>\n<!-- /wp:paragraph -->"
        ),
    }
    assert (receipt.uid, receipt.local_id) == (f"{BLOG}/?p=50", "p50")


def test_a_word_without_a_title_is_shown_as_a_short_word() -> None:
    world = World({f"POST {PLACE}/posts": laid()})
    world.connector().publish(outgoing())
    assert world.sent()["format"] == "status"


def test_an_article_that_answers_another_page_says_so_in_a_way_that_machines_understand() -> None:
    answering = Answering(uid="at://did:plc:abc/1", local_id="", url=ELSEWHERE)
    reply = outgoing(title="Roggen", answering=answering)
    content = article_markup(reply, [])
    assert content.startswith(
        '<!-- wp:paragraph -->\n<p>Antwort auf <a class="u-in-reply-to" rel="in-reply-to" '
        'href="https://hill.example/roggen/?a=1&amp;b=2">'
    )
    assert whole_text(reply) == f"Antwort auf {ELSEWHERE}\n\nGuten Morgen."
    english = msgspec.structs.replace(reply, language="en-GB")
    assert "In reply to <a" in article_markup(english, [])


def test_with_a_title_even_an_answer_to_our_own_comment_is_an_article() -> None:
    world = World({f"POST {PLACE}/posts": laid()})
    link = f"{BLOG}/sauerteig/#comment-34"
    answering = Answering(uid=f"{BLOG}/?p=12#comment-34", local_id="c34", url=link)
    world.connector().publish(outgoing(title="Roggen", answering=answering))
    assert f'href="{link}"' in world.sent()["content"]


def test_a_draft_is_laid_there_and_keeps_its_name_when_it_is_published() -> None:
    world = World({f"POST {PLACE}/posts": laid(status="draft", link=f"{BLOG}/?p=50")})
    receipt = world.connector().publish(outgoing(title="Roggen", is_draft=True))
    assert world.sent()["status"] == "draft"
    assert receipt.uid == f"{BLOG}/?p=50"


def test_who_may_only_write_lays_drafts() -> None:
    world = World({f"POST {PLACE}/posts": laid(status="draft")})
    connector = world.connector(account(rights=(WRITE,)))
    assert Can.ARTICLE in connector.can
    assert Can.PUBLISH not in connector.can
    connector.publish(outgoing(title="Roggen", is_draft=True))
    with pytest.raises(Refused) as refused:
        connector.publish(outgoing(title="Roggen"))
    assert refused.value.reason == MAY_NOT_PUBLISH
    with pytest.raises(NotOffered):
        connector.publish(outgoing())


def test_an_article_that_arrived_after_all_is_found_though_a_plugin_added_to_it() -> None:
    sent = outgoing("Ein langer Text über Roggen und Zeit. " * 20, title="Roggen & Zeit")
    raw = article_markup(sent, []) + "\n\n<p>Folgt uns.</p>"
    there = article(
        50,
        date_gmt="2026-03-10T11:59:30",
        title={"raw": "Roggen &amp; Zeit", "rendered": ""},
        content={"raw": raw},
    )
    others = [article(52, title={"raw": "Anderes"}), {**there, "id": 51, "title": {"raw": "Nein"}}]
    world = World({f"GET {PLACE}/posts": listed([*others, there])})
    receipt = world.connector().find_published(again(sent))
    assert receipt is not None
    assert receipt.local_id == "p50"
    assert dict(world.asked[0].url.params)["author"] == "2"


def test_an_old_article_with_the_same_words_is_another_one() -> None:
    sent = outgoing(title="Roggen")
    old = article(
        50,
        date_gmt="2026-03-01T11:59:30",
        modified_gmt="2026-03-01T11:59:30",
        title={"raw": "Roggen"},
        content={"raw": article_markup(sent, [])},
    )
    assert (
        World({f"GET {PLACE}/posts": listed([old])}).connector().find_published(again(sent)) is None
    )


@pytest.fixture
def picture(tmp_path: Path) -> Attachment:
    path = tmp_path / "brot.png"
    path.write_bytes(b"not really a picture")
    return Attachment(
        path=str(path), content_type="image/png", size=20, description='Ein "Brot" & mehr'
    )


def test_pictures_become_figures_with_their_descriptions(picture: Attachment) -> None:
    media = MediaPayload(id=501, source_url=f"{BLOG}/brot.png")
    content = article_markup(outgoing(pictures=(picture,)), [media])
    assert (
        '<!-- wp:image {"id": 501, "sizeSlug": "full", "linkDestination": "none"} -->\n'
        '<figure class="wp-block-image size-full"><img src="https://blog.example/brot.png" '
        'alt="Ein &quot;Brot&quot; &amp; mehr" class="wp-image-501"/></figure>'
    ) in content


def test_a_file_whose_answer_was_lost_is_not_sent_again(picture: Attachment) -> None:
    world = World({f"GET {PLACE}/media": listed([{"id": 501, "source_url": "x"}])})
    assert world.connector().upload(picture) == "501"
    assert not world.writes
    name = world.asked[0].url.params["slug"]
    other = msgspec.structs.replace(picture, description="Anders")
    world.connector().upload(other)
    assert world.asked[1].url.params["slug"] != name


def test_a_comment_holds_no_pictures(picture: Attachment) -> None:
    both = msgspec.structs.replace(ANSWER, pictures=(picture,))
    assert "too_many_pictures" in World({}).connector().compose(both).problems


def test_a_picture_that_was_taken_away_there_is_told(picture: Attachment) -> None:
    known = msgspec.structs.replace(picture, local_id="501")
    world = World({f"GET {PLACE}/media": listed([])})
    with pytest.raises(Refused, match="library"):
        world.connector().publish(outgoing(pictures=(known,)))
    assert not world.writes


def test_a_blog_has_no_narrow_audience() -> None:
    for audience in (Audience.UNLISTED, Audience.FOLLOWERS, Audience.DIRECT):
        composed = World({}).connector().compose(outgoing(audience=audience))
        assert "audience_not_offered" in composed.problems


def test_a_warning_stands_in_front() -> None:
    assert whole_text(outgoing(warning="Zucker")) == "Zucker\n\nGuten Morgen."
    assert "<strong>Zucker</strong>" in article_markup(outgoing(warning="Zucker"), [])


def test_an_edit_leaves_where_an_article_stands_as_it_is() -> None:
    world = World({f"POST {PLACE}/posts/50": laid(status="draft")})
    world.connector().edit("p50", outgoing("Neu.", title="Roggen", is_draft=False))
    assert set(world.sent()) == {"title", "content"}
    world.connector().edit("p50", outgoing("Neu."))
    assert set(world.sent()) == {"content"}


def test_an_edit_of_a_comment() -> None:
    world = World({f"POST {PLACE}/comments/50": said()})
    world.connector().edit("c50", msgspec.structs.replace(ANSWER, text="Neu & gut"))
    assert world.sent() == {"content": "Neu &amp; gut"}


def test_what_lies_in_the_trash_is_edited_no_more() -> None:
    world = World(
        {
            f"POST {PLACE}/comments/50": said(status="trash"),
            f"POST {PLACE}/posts/50": laid(status="trash"),
        }
    )
    with pytest.raises(Gone):
        world.connector().edit("c50", ANSWER)
    with pytest.raises(Gone):
        world.connector().edit("p50", outgoing())


def test_deleting_puts_into_the_trash_and_never_beyond() -> None:
    world = World({f"DELETE {PLACE}/posts/50": httpx.Response(200, json=article(50))})
    world.connector().delete("p50")
    assert "force" not in world.writes[0].url.params
    world.answers[f"DELETE {PLACE}/posts/50"] = refusal(410, "rest_already_trashed")
    world.connector().delete("p50")
    world.answers[f"DELETE {PLACE}/posts/50"] = refusal(501, "rest_trash_not_supported")
    with pytest.raises(Refused, match="no trash"):
        world.connector().delete("p50")


def decided(standing: Standing, *stands: str) -> list[str]:
    """What is written to give a comment a standing, if the blog tells these one after another."""
    answers = [comment(34, status=status) for status in stands[1:]] or [comment(34)]
    world = World(
        {
            f"GET {PLACE}/comments/34": httpx.Response(200, json=comment(34, status=stands[0])),
            f"POST {PLACE}/comments/34": [httpx.Response(200, json=one) for one in answers],
        }
    )
    world.connector().moderate("c34", standing)
    return [msgspec.json.decode(request.content)["status"] for request in world.writes]


def test_a_comment_is_approved_held_called_spam_and_thrown_away() -> None:
    assert decided(Standing.PUBLISHED, "hold") == ["approved"]
    assert decided(Standing.HELD, "approved") == ["hold"]
    assert decided(Standing.SPAM, "hold") == ["spam"]
    assert decided(Standing.TRASH, "approved") == ["trash"]


def test_what_stands_so_already_is_left_alone() -> None:
    for status, standing in (("approved", Standing.PUBLISHED), ("spam", Standing.SPAM)):
        assert decided(standing, status) == []


def test_a_reader_keeps_what_the_blog_noted_of_her() -> None:
    """WordPress would write our address and our program over hers."""
    traces = {"author_ip": "192.0.2.7", "author_user_agent": "Lynx"}
    held = httpx.Response(200, json=comment(34, status="hold", **traces))
    world = World(
        {
            f"GET {PLACE}/comments/34": held,
            f"POST {PLACE}/comments/34": httpx.Response(200, json=comment(34)),
        }
    )
    world.connector().moderate("c34", Standing.PUBLISHED)
    assert world.sent() == {"status": "approved", **traces}


def test_what_lies_aside_is_taken_out_first() -> None:
    assert decided(Standing.PUBLISHED, "trash", "approved") == ["untrash"]
    assert decided(Standing.PUBLISHED, "trash", "hold", "approved") == ["untrash", "approved"]
    assert decided(Standing.HELD, "spam", "approved", "hold") == ["unspam", "hold"]
    assert decided(Standing.TRASH, "spam", "hold", "trash") == ["unspam", "trash"]


def test_who_may_not_moderate_is_not_offered_it() -> None:
    connector = World({}).connector(account(rights=(WRITE,)))
    assert Can.MODERATE not in connector.can
    with pytest.raises(NotOffered):
        connector.moderate("c34", Standing.SPAM)
    with pytest.raises(NotOffered, match="Only comments") as refused:
        World({}).connector().moderate("p12", Standing.SPAM)
    assert refused.value.reason == ONLY_COMMENTS
