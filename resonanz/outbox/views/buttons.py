"""The buttons of the box besides “send”: pictures, facts, several posts in a row."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.outbox.actions import (
    TooLarge,
    TooMany,
    add_upload,
    describe_uploads,
    move_upload_forward,
    remove_upload,
    save_draft,
)
from resonanz.outbox.compose import text_in_parts, uploads_of
from resonanz.outbox.models import Draft, Upload
from resonanz.outbox.sending import show, tightest
from resonanz.outbox.writing import undescribed
from resonanz.pictures.encoding import NotAPicture
from resonanz.plumbing.row_ids import row_id
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest

DESCRIPTION = "description-"
# Said by the page that has asked for descriptions: the next press sends as it is.
ASKED = "asked_for_descriptions"


def keep_pictures(request: MemberRequest, draft: Draft) -> bool:
    """Keep descriptions and files that came along. Gives whether every file was a picture."""
    descriptions = {
        row_id(name.removeprefix(DESCRIPTION)): str(text)
        for name, text in request.POST.items()
        if name.startswith(DESCRIPTION)
    }
    if descriptions:
        describe_uploads(draft=draft, descriptions=descriptions)
    was_read = [_add(request, draft, file) for file in request.FILES.getlist("pictures")]
    return all(was_read)


def _add(request: MemberRequest, draft: Draft, file: UploadedFile[Any]) -> bool:
    given = {"name": file.name or _("The file")}
    try:
        _upload, was_moving = add_upload(
            draft=draft, content=file.read(), file_name=file.name or ""
        )
    except NotAPicture as wrong:
        messages.error(request, _why_not(wrong.code) % given)
        return False
    except TooLarge:
        messages.error(request, _("%(name)s is too large. The text is kept.") % given)
        return False
    except TooMany:
        messages.error(request, _("That are enough pictures: %(name)s was left out.") % given)
        return False
    if was_moving:
        messages.info(request, _("%(name)s moves. Its first picture was taken.") % given)
    return True


def _why_not(code: str) -> str:
    if code == "too_many_pixels":
        return _("%(name)s has more points than can be worked on here. The text is kept.")
    return _("%(name)s cannot be read as a picture. JPEG, PNG, WebP and GIF can. The text is kept.")


def pressed(request: MemberRequest, draft: Draft) -> bool:
    """Do what another button than “send” says. Gives whether one was pressed."""
    told = request.POST
    if "attach" in told:
        return True
    if "parts" in told:
        _into_parts(request, draft)
        return True
    if "put_in" in told:
        _put_fact_in(request, draft, told["put_in"])
        return True
    for name, act in (("remove", _remove), ("earlier", _move)):
        if name in told:
            upload = _upload(draft, told[name])
            if upload is not None:
                act(request, upload)
            return True
    return False


def _upload(draft: Draft, told: str) -> Upload | None:
    found = draft.uploads.filter(pk=row_id(told))
    return found.select_related("draft").first()


def _remove(request: MemberRequest, upload: Upload) -> None:
    if remove_upload(upload=upload):
        say_with_undo(
            request,
            _("The picture was taken out."),
            label=_("Put it back"),
            url=reverse("outbox-picture-restore", args=[upload.pk]),
        )


def _move(_request: MemberRequest, upload: Upload) -> None:
    move_upload_forward(upload=upload)


def _put_fact_in(request: MemberRequest, draft: Draft, told: str) -> None:
    facts = request.member.workspace.facts
    fact = facts.filter(pk=row_id(told)).first()
    if fact is not None:
        text = f"{draft.text.rstrip()} {fact.text}".lstrip()
        save_draft(draft=draft, text=text, edited_in=draft.edited_in)


def _into_parts(request: MemberRequest, draft: Draft) -> None:
    """Lines of three dashes, so that each part fits the tightest of the accounts."""
    found = tightest([show(draft, channel) for channel in draft.channels.all()])
    if found is None:
        messages.info(request, _("Choose first where it goes: accounts count differently."))
        return
    text = text_in_parts(draft, found.channel)
    save_draft(draft=draft, text=text, edited_in=draft.edited_in)
    messages.info(
        request,
        _("Each line of three dashes begins another post. You can set them elsewhere."),
    )


def asks_first(request: MemberRequest, draft: Draft) -> bool:
    """Whether to ask once for descriptions before this goes out."""
    return ASKED not in request.POST and bool(undescribed(uploads_of(draft)))
