"""Pictures of a draft: added, described, put in order, taken out, put back."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from resonanz.outbox.models import Draft, Upload
from resonanz.outbox.queries import known_pictures
from resonanz.pictures.own import MOST_BYTES_BROUGHT, put_by, throw_away_unknown

MOST_PICTURES = 20
DESCRIPTION_CHARACTERS = 10_000


class TooLarge(Exception):
    """The file is larger than anybody needs for a picture."""


class TooMany(Exception):
    """The draft has as many pictures as a draft can have."""


def add_upload(*, draft: Draft, content: bytes, file_name: str) -> tuple[Upload, bool]:
    """Put a picture to a draft, behind the others. Gives it, and whether it moved once.

    The picture is made anew outside of any transaction: that takes a second for a large one.
    Raises `NotAPicture`, `TooLarge`, `TooMany`.
    """
    if len(content) > MOST_BYTES_BROUGHT:
        raise TooLarge
    if draft.uploads.filter(removed_at=None).count() >= MOST_PICTURES:
        raise TooMany
    made = put_by(content)
    with transaction.atomic():
        _touch(draft)
        behind = draft.uploads.aggregate(last=Max("position"))["last"]
        upload = Upload.objects.create(
            workspace_id=draft.workspace_id,
            draft=draft,
            sha256=made.sha256,
            content_type=made.content_type,
            width=made.width,
            height=made.height,
            size_bytes=made.size,
            file_name=file_name[-200:],
            position=0 if behind is None else behind + 1,
        )
    return upload, made.was_moving


@transaction.atomic
def describe_uploads(*, draft: Draft, descriptions: dict[int, str]) -> None:
    """Keep what was written for those who cannot see the pictures, by the pictures' ids."""
    for upload in draft.uploads.filter(pk__in=descriptions):
        text = descriptions[upload.pk].replace("\r\n", "\n")[:DESCRIPTION_CHARACTERS]
        if upload.description != text and _touch(draft):
            Upload.objects.filter(pk=upload.pk).update(description=text)


@transaction.atomic
def remove_upload(*, upload: Upload) -> bool:
    """Take a picture out. Gives whether that was possible: what is on its way stays as it is."""
    if not _touch(upload.draft):
        return False
    Upload.objects.filter(pk=upload.pk, removed_at=None).update(removed_at=timezone.now())
    return True


@transaction.atomic
def restore_upload(*, upload: Upload) -> bool:
    """Put a picture back that was taken out, where it stood."""
    if not _touch(upload.draft):
        return False
    Upload.objects.filter(pk=upload.pk).update(removed_at=None)
    return True


@transaction.atomic
def move_upload_forward(*, upload: Upload) -> None:
    """Let a picture change places with the one before it."""
    if not _touch(upload.draft):
        return
    there = list(upload.draft.uploads.filter(removed_at=None).order_by("position", "pk"))
    at = next((at for at, one in enumerate(there) if one.pk == upload.pk), 0)
    if at:
        there[at - 1], there[at] = there[at], there[at - 1]
    for position, one in enumerate(there):
        Upload.objects.filter(pk=one.pk).update(position=position)


def _touch(draft: Draft) -> bool:
    """The draft changes: one that waits for a second person is being written again."""
    changed = Draft.objects.unsent().filter(pk=draft.pk)
    return bool(changed.update(updated_at=timezone.now(), state=Draft.State.OPEN, asked_at=None))


def throw_away_pictures() -> None:
    """Throw away files of pictures that no text needs any more. Runs as a routine."""
    throw_away_unknown(known_pictures)
