"""A few people by the beginnings of their names, for a page that also shows other things."""

from collections.abc import Sequence

from resonanz.people.models import Identity, NameWord, Person
from resonanz.workspaces.models import Workspace

NAMES_LOOKED_AT = 200


def people_named(
    workspace: Workspace, words: Sequence[str], *, most: int, is_search: bool = False
) -> list[Person]:
    """A few people who have, for every word, a name or handle that begins with it: by the alphabet.

    Costs the same however many bear the name, so of hundreds it may miss some. From a search
    somebody is left out who does not want to be found, if nothing ever passed between us.
    """
    longest = max(words, key=len)
    named = NameWord.objects.filter(workspace=workspace, word__begins=longest).order_by("word")
    some = list(named.values_list("person", flat=True)[:NAMES_LOOKED_AT])
    others = [word for word in words if word != longest]
    found = Person.objects.others().filter(pk__in=some).named_like(workspace, others)
    if is_search:
        hidden = Identity.objects.filter(person__in=some, is_indexable=False).values("person")
        found = found.exclude(last_contact_at=None, pk__in=hidden)
    return list(found.prefetch_related("identities").order_by("name", "pk")[:most])
