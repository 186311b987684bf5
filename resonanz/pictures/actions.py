"""Every write of this room."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from resonanz.pictures.files import path_of
from resonanz.pictures.jobs import fetch_copy
from resonanz.pictures.models import PictureCopy
from resonanz.workspaces.models import Workspace

SEEN_AGAIN_AFTER = timedelta(days=1)
KEPT_UNSEEN = timedelta(days=60)
ROWS_AT_ONCE = 500


def digest_of(url: str) -> str:
    """What names the copy of a picture: the SHA-256 of its address, in hex."""
    return sha256(url.encode()).hexdigest()


def wanted(*, workspace: Workspace, url: str) -> PictureCopy:
    """Our copy of a picture, which is fetched in the background when we have none."""
    copy, is_new = PictureCopy.objects.get_or_create(
        workspace=workspace, digest=digest_of(url), defaults={"url": url}
    )
    if is_new:
        transaction.on_commit(partial(fetch_copy.enqueue, copy.pk))
    elif timezone.now() - copy.seen_at > SEEN_AGAIN_AFTER:
        PictureCopy.objects.filter(pk=copy.pk).update(seen_at=timezone.now())
    return copy


def fetch_again(*, copy: PictureCopy) -> None:
    """The file of a copy is gone (a restored backup has none): fetch it anew."""
    changed = PictureCopy.objects.filter(pk=copy.pk, state=PictureCopy.State.KEPT).update(
        state=PictureCopy.State.WAITING, due_at=timezone.now(), attempts=0
    )
    if changed:
        transaction.on_commit(partial(fetch_copy.enqueue, copy.pk))


def copies_of(*, workspace: Workspace, urls: Iterable[str]) -> "QuerySet[PictureCopy]":
    """Our copies of these pictures."""
    digests = {digest_of(url) for url in urls if url}
    return PictureCopy.objects.filter(workspace=workspace, digest__in=digests)


def erase_copies(*, workspace: Workspace, urls: Iterable[str]) -> None:
    """Throw our copies of these pictures away, rows and files."""
    digests = list({digest_of(url) for url in urls if url})
    for start in range(0, len(digests), ROWS_AT_ONCE):
        some = digests[start : start + ROWS_AT_ONCE]
        _throw_away(PictureCopy.objects.filter(workspace=workspace, digest__in=some))


def forget_unseen(now: datetime | None = None) -> None:
    """Throw away what nobody has looked at for sixty days. Runs as a routine."""
    before = (now or timezone.now()) - KEPT_UNSEEN
    while _throw_away(PictureCopy.objects.filter(seen_at__lt=before)):
        pass


def _throw_away(copies: "QuerySet[PictureCopy]") -> int:
    """The files first: a row without a file is mended, a file without a row stays for ever."""
    found = list(copies[:ROWS_AT_ONCE])
    for copy in found:
        path_of(copy).unlink(missing_ok=True)
    PictureCopy.objects.filter(pk__in=[copy.pk for copy in found]).delete()
    return len(found)
