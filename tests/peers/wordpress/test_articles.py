"""Articles of ours at a real blog, pingbacks both ways, pictures."""

import struct
import zlib
from hashlib import sha256
from pathlib import Path

import httpx
import msgspec
import pytest

from resonanz.networks.wordpress.connector import WordPressConnector
from resonanz.networks.wordpress.writing import MAY_NOT_PUBLISH
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.shapes import (
    Answering,
    Attachment,
    Kind,
    Outgoing,
    Standing,
)
from resonanz.switchboard.trouble import Gone, Refused
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.wordpress.looking import ELSEWHERE, connector, look, one, tried

pytestmark = pytest.mark.peer


def small_picture() -> bytes:
    """A PNG of a few points, as an image library makes it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xd0\xa0\x60" * 8 for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_draft_lies_there_and_keeps_its_name_when_it_is_published(
    blog: WordPressServer, ours: WordPressConnector
):
    cursor = look(ours, lane="home").cursor or ""
    draft = Outgoing(
        key="k", text="Erst ruhen & dann backen.", title="Ruhe < Eile & „Zeit“", is_draft=True
    )
    receipt = ours.publish(draft)
    number = int(receipt.local_id[1:])
    assert blog.article(number)["post_status"] == "draft"
    assert ours.find_published(tried(draft)) == receipt
    assert look(ours, cursor, lane="home").posts == ()
    ours.edit(receipt.local_id, msgspec.structs.replace(draft, text="Geändert."))
    assert blog.article(number)["post_status"] == "draft"
    blog.php("wp_publish_post($told['id']);", id=number)
    page = look(ours, cursor, lane="home")
    shown = one(page.posts, receipt.local_id)
    assert (shown.uid, shown.standing) == (receipt.uid, Standing.PUBLISHED)
    assert shown.title == "Ruhe < Eile & „Zeit“"
    unpublish = "wp_update_post(['ID' => $told['id'], 'post_status' => 'draft']);"
    blog.php(unpublish, id=number)
    page = look(ours, page.cursor or "", lane="home")
    assert one(page.posts, receipt.local_id).standing is Standing.HELD
    ours.delete(receipt.local_id)
    assert blog.article(number)["post_status"] == "trash"
    ours.delete(receipt.local_id)
    with pytest.raises(Gone):
        ours.edit(receipt.local_id, draft)


def test_an_article_of_ours_that_answers_another_blog_is_told_to_it(
    blog: WordPressServer, other_blog: WordPressServer, ours: WordPressConnector
):
    theirs = other_blog.write("Roggen ist tot", "<p>Niemand isst mehr Roggen.</p>")
    link = other_blog.link(theirs)
    reply = Outgoing(
        key="k",
        text="Doch, wir backen ihn jeden Freitag.",
        title="Roggen lebt",
        language="de",
        answering=Answering(uid=f"https://elsewhere.example/?p={theirs}", local_id="", url=link),
    )
    receipt = ours.publish(reply)
    page = httpx.get(receipt.url, trust_env=False).text
    assert 'class="u-in-reply-to"' in page
    assert f'href="{link}"' in page
    blog.send_pings()
    [ping] = other_blog.wait_for_pings(theirs)
    assert ping["comment_author_url"] == receipt.url


def test_a_pingback_arrives_as_what_it_is(
    blog: WordPressServer, other_blog: WordPressServer, ours: WordPressConnector
):
    article = blog.write("Wer verlinkt uns?")
    cursor = look(ours).cursor or ""
    html = f'<p>Gelesen: <a href="{blog.link(article)}">ein guter Text</a> über Brot.</p>'
    theirs = other_blog.write("Gelesen & gemocht", html)
    other_blog.send_pings()
    [row] = blog.wait_for_pings(article)
    ping = one(look(ours, cursor).posts, f"c{row['comment_ID']}")
    assert (ping.kind, ping.standing) == (Kind.PING, Standing.HELD)
    assert ping.title.startswith("Gelesen & gemocht")
    assert (ping.url, ping.same_as) == (other_blog.link(theirs), (other_blog.link(theirs),))
    assert ping.author.name == ELSEWHERE
    assert ping.answers_local_id == f"p{article}"
    ours.moderate(ping.local_id, Standing.PUBLISHED)
    assert blog.comment(int(row["comment_ID"]))["comment_approved"] == "1"


def test_pictures_stand_in_the_article_with_their_descriptions(
    blog: WordPressServer, ours: WordPressConnector, tmp_path: Path
):
    content = small_picture()
    path = tmp_path / "brot.png"
    path.write_bytes(content)
    picture = Attachment(
        path=str(path),
        content_type="image/png",
        size=len(content),
        description='Ein „Brot" & mehr',
        sha256=sha256(content).hexdigest(),
    )
    local_id = ours.upload(picture)
    assert ours.upload(picture) == local_id
    alt = "return get_post_meta($told['id'], '_wp_attachment_image_alt', true);"
    assert blog.php(alt, id=int(local_id)) == picture.description
    there = msgspec.structs.replace(picture, local_id=local_id)
    article = Outgoing(key="k", text="Frisch.", title="Im Bild", pictures=(there,))
    receipt = ours.publish(article)
    assert receipt.picture_ids == (local_id,)
    said = one(ours.thread(receipt.local_id).posts, receipt.local_id)
    assert [found.description for found in said.pictures] == [picture.description]
    assert httpx.get(said.pictures[0].url, trust_env=False).content == content
    ours.edit(receipt.local_id, msgspec.structs.replace(article, text="Frisch und warm."))
    assert "wp-image-" in blog.article(int(receipt.local_id[1:]))["post_content"]


def test_a_role_that_may_only_write_lays_drafts(blog: WordPressServer, world: Surroundings):
    karl = connector(blog, world, "karl")
    with pytest.raises(Refused) as refused:
        karl.publish(Outgoing(key="k", text="Ich", title="Karl"))
    assert refused.value.reason == MAY_NOT_PUBLISH
    receipt = karl.publish(Outgoing(key="k", text="Ich", title="Karl", is_draft=True))
    assert blog.article(int(receipt.local_id[1:]))["post_status"] == "draft"
