"""The page of words."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from resonanz.plumbing.words import GROUPS, Group, Word
from resonanz.workspaces.access import MemberRequest, guests_too


@require_GET
@guests_too
def words(request: MemberRequest) -> HttpResponse:
    """Every word that is explained, in groups, or only those in which something stands."""
    asked = request.GET.get("q", "").strip()
    groups = [_shown(group, asked) for group in GROUPS]
    found = [group for group in groups if group["words"]]
    return render(request, "house/words.html", {"groups": found, "asked": asked})


def _shown(group: Group, asked: str) -> dict[str, Any]:
    fitting = [word for word in group.words if _speaks_of(word, asked)]
    return {
        "slug": group.slug,
        "name": group.name,
        "words": sorted(fitting, key=lambda word: str(word.name).casefold()),
    }


def _speaks_of(word: Word, asked: str) -> bool:
    return asked.casefold() in f"{word.name} {word.text}".casefold()
