"""The box with pictures, facts, posts in a row; agreeing and changing by pages; lost sessions."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.outbox.models import Amendment, Delivery, Draft, Publication, Upload
from resonanz.outbox.tests.saying import carry_out, on_its_way, written
from resonanz.outbox.tests.scripted import Scripted
from resonanz.pictures.own import path_of
from resonanz.workspaces.models import Fact, Member

ClientOf = Callable[[Member], Client]


def photo(name: str = "loaf.jpg", kind: str = "JPEG") -> SimpleUploadedFile:
    """A small picture with a place in it."""
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    Image.new("RGB", (40, 30), "brown").save(file, kind, exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    return client_of(alice)


def typed(channel: Channel, text: str = "Fresh bread.", **more: object) -> dict[str, object]:
    """What the page of a word of our own sends."""
    given = {"text": text, "audience": "public", "channels": [channel.pk], "page": "a-page"}
    return given | more


def test_a_picture_is_made_anew_described_and_goes_out_with_the_text(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    browser.post("/speak/", typed(channel, attach="1", pictures=photo()))
    upload = Upload.objects.get()
    assert b"A camera" not in path_of(upload.sha256).read_bytes()
    shown = browser.get(f"/outbox/pictures/{upload.pk}/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    page = f"/outbox/drafts/{upload.draft_id}/"
    described = {f"description-{upload.pk}": "A brown loaf."}
    browser.post(page, typed(channel, send="1", **described))
    carry_out(Delivery.objects.get())
    assert [one.description for one in network.uploaded] == ["A brown loaf."]
    assert [one.local_id for one in network.said[0].pictures] == ["picture-1"]
    talk = browser.get(f"/conversations/{Post.objects.get().conversation_id}/").content.decode()
    assert f'src="/outbox/pictures/{upload.pk}/" alt="A brown loaf."' in talk


def test_a_missing_description_is_asked_for_once_and_bars_nothing(
    browser: Client, channel: Channel
) -> None:
    browser.post("/speak/", typed(channel, attach="1", pictures=photo()))
    page = f"/outbox/drafts/{Draft.objects.get().pk}/"
    asked = browser.post(page, typed(channel, send="1"))
    assert "One picture has no description yet" in asked.content.decode()
    assert not Publication.objects.exists()
    browser.post(page, typed(channel, send="1", asked_for_descriptions="1"))
    assert Publication.objects.exists()


def test_what_is_no_picture_is_told_and_the_text_is_kept(browser: Client, channel: Channel) -> None:
    file = SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>", content_type="image/png")
    answer = browser.post("/speak/", typed(channel, attach="1", pictures=file), follow=True)
    assert "a.svg cannot be read as a picture" in answer.content.decode()
    assert Draft.objects.get().text == "Fresh bread."
    assert not Upload.objects.exists()


def test_a_picture_is_taken_out_and_put_back(browser: Client, channel: Channel) -> None:
    browser.post("/speak/", typed(channel, attach="1", pictures=[photo(), photo("b.jpg")]))
    first = Upload.objects.order_by("position")[0]
    page = f"/outbox/drafts/{first.draft_id}/"
    browser.post(page, typed(channel, remove=str(first.pk)))
    assert Upload.objects.filter(removed_at=None).count() == 1
    browser.post(f"/outbox/pictures/{first.pk}/restore/")
    assert Upload.objects.filter(removed_at=None).count() == 2
    last = Upload.objects.order_by("position")[1]
    browser.post(page, typed(channel, earlier=str(last.pk)))
    assert Upload.objects.order_by("position")[0] == last


def test_pictures_come_back_with_a_text_that_is_taken_back(
    browser: Client, channel: Channel, alice: Member
) -> None:
    alice.workspace.take_back_seconds = 30
    alice.workspace.save()
    browser.post("/speak/", typed(channel, attach="1", pictures=photo()))
    page = f"/outbox/drafts/{Draft.objects.get().pk}/"
    sent = browser.post(
        page, typed(channel, send="1", asked_for_descriptions="1"), follow=True
    ).content.decode()
    assert "It goes out in 30 seconds." in sent
    back = f"/outbox/texts/{Publication.objects.get().pk}/take-back/"
    assert back in sent
    browser.post(back)
    again = Draft.objects.get(state="open")
    assert (again.text, again.uploads.count()) == ("Fresh bread.", 1)


def test_strangers_see_no_picture_of_ours(
    browser: Client, channel: Channel, charlie: Member, client_of: ClientOf
) -> None:
    browser.post("/speak/", typed(channel, attach="1", pictures=photo()))
    assert client_of(charlie).get(f"/outbox/pictures/{Upload.objects.get().pk}/").status_code == 404


def test_a_text_that_is_too_long_becomes_several_posts(browser: Client, channel: Channel) -> None:
    long = "This is a sentence of some length. " * 6
    browser.post("/speak/", typed(channel, long, keep="1"))
    page = f"/outbox/drafts/{Draft.objects.get().pk}/"
    assert "As several posts in a row" in browser.get(page).content.decode()
    browser.post(page, typed(channel, long, parts="1"))
    shown = browser.get(page).content.decode()
    assert "Post 1 of 3: " in shown
    browser.post(page, typed(channel, Draft.objects.get().text, send="1"))
    assert Delivery.objects.count() == 3


def test_a_fact_is_put_in_without_scripts(browser: Client, channel: Channel, alice: Member) -> None:
    fact = Fact.objects.create(workspace=alice.workspace, title="Hours", text="Open from 6 to 18.")
    browser.post("/speak/", typed(channel, put_in=str(fact.pk)))
    assert Draft.objects.get().text == "Fresh bread. Open from 6 to 18."


def test_principles_stand_beside_the_box(browser: Client, channel: Channel, alice: Member) -> None:
    alice.workspace.principles = "We say what we do not know."
    alice.workspace.save()
    assert "We say what we do not know." in browser.get("/speak/").content.decode()


def test_asking_agreeing_and_giving_back_by_pages(
    browser: Client, channel: Channel, alice: Member, bob: Member, client_of: ClientOf
) -> None:
    alice.workspace.needs_second_person = True
    alice.workspace.save()
    Member.objects.filter(pk=bob.pk).update(language="en")
    assert "Ask for agreement" in browser.get("/speak/").content.decode()
    browser.post("/speak/", typed(channel, send="1"))
    draft = Draft.objects.get()
    other = client_of(bob)
    assert "Waits for your agreement" in other.get("/").content.decode()
    assert "Waits for your agreement" not in browser.get("/").content.decode()
    page = other.get(f"/outbox/drafts/{draft.pk}/").content.decode()
    assert "Fresh bread.\n" in page or "Fresh bread." in page
    assert "/agree/" not in browser.get(f"/outbox/drafts/{draft.pk}/").content.decode()
    other.post(f"/outbox/drafts/{draft.pk}/give-back/", {"note": "Which bread?"})
    assert "Which bread?" in browser.get(f"/outbox/drafts/{draft.pk}/").content.decode()
    browser.post(f"/outbox/drafts/{draft.pk}/", typed(channel, "Fresh rye.", send="1"))
    draft.refresh_from_db()
    assert draft.asked_at is not None
    given = {"asked_at": draft.asked_at.isoformat()}
    browser.post(f"/outbox/drafts/{draft.pk}/agree/", given)
    assert not Publication.objects.exists()
    other.post(f"/outbox/drafts/{draft.pk}/agree/", given)
    other.post(f"/outbox/drafts/{draft.pk}/agree/", given)
    assert Publication.objects.get().seconded_by == bob


def test_what_stands_there_is_changed_by_its_page(
    browser: Client, channel: Channel, alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    delivery = carry_out(on_its_way(alice, channel))
    page = f"/outbox/sent/{delivery.pk}/change/"
    assert page in browser.get("/outbox/?show=sent").content.decode()
    too_long = browser.post(page, {"text": "x" * 200})
    assert "100 signs too long" in too_long.content.decode()
    browser.post(page, {"text": "Good evening."})
    browser.post(f"/outbox/sent/{delivery.pk}/delete/")
    assert sorted(Amendment.objects.values_list("kind", flat=True)) == ["delete", "edit"]
    assert client_of(charlie).get(page).status_code == 404


def test_a_text_typed_after_the_session_ended_is_kept_until_one_has_signed_in(
    channel: Channel, alice: Member
) -> None:
    """Nothing is done with it by itself; it comes back into the box as a draft."""
    lost = Client()
    answer = lost.post("/speak/", typed(channel, "Long words.", send="1", writer=alice.pk))
    assert answer.headers["Location"].endswith("next=/kept/")
    lost.force_login(alice.user)
    page = lost.get("/kept/").content.decode()
    assert "Long words." in page
    assert 'name="send"' not in page
    lost.post("/speak/", typed(channel, "Long words.", keep="1", writer=alice.pk))
    assert (Draft.objects.get().text, Publication.objects.count()) == ("Long words.", 0)


def test_what_was_kept_is_not_shown_to_somebody_else(
    channel: Channel, alice: Member, bob: Member
) -> None:
    lost = Client()
    lost.post("/speak/", typed(channel, "Long words.", writer=alice.pk))
    lost.force_login(bob.user)
    assert "Long words." not in lost.get("/kept/", follow=True).content.decode()


def test_an_autosave_without_a_session_leaves_the_page_standing(channel: Channel) -> None:
    answer = Client().post("/speak/", typed(channel), headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_the_page_of_a_draft_asks_few_questions(
    browser: Client,
    channel: Channel,
    alice: Member,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draft = written(alice, channel)
    browser.post(f"/outbox/drafts/{draft.pk}/", typed(channel, attach="1", pictures=photo()))
    with django_assert_max_num_queries(15):
        browser.get(f"/outbox/drafts/{draft.pk}/")
