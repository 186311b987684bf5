"""What a server says about itself, turned into facts. Pure."""

import re

from resonanz.networks.mastodon.limits import (
    DESCRIPTION_LIMIT_CHARACTERS,
    LINK_COST_CHARACTERS,
    PICTURE_BYTES,
    PICTURES_A_POST,
    TEXT_LIMIT_CHARACTERS,
)
from resonanz.networks.mastodon.payloads import InstancePayload
from resonanz.networks.mastodon.server_name import host_of
from resonanz.switchboard.shapes import Facts

# "4.0.0 (not true; really snac/2.75)" and "2.7.2 (compatible; Pleroma 2.6.1)"
INSIDE = re.compile(
    r"\((?:.*;)?\s*(?:really\s+)?(?P<name>[A-Za-z][\w.-]*)[/ ]v?(?P<version>\d\S*?)\)"
)
KNOWN_BY_SOURCE = {"gotosocial": "GoToSocial", "mastodon_mock": "mastodon-mock"}


def facts_of(instance: InstancePayload) -> Facts:
    """The facts. Streaming is only what the server claims, to be checked by asking."""
    statuses, media = instance.configuration.statuses, instance.configuration.media_attachments
    software, version = software_of(instance)
    return Facts(
        software=software,
        version=version,
        text_limit=statuses.max_characters or instance.max_toot_chars or TEXT_LIMIT_CHARACTERS,
        link_cost=statuses.characters_reserved_per_url or LINK_COST_CHARACTERS,
        streaming_url=streaming_url_of(instance),
        title=instance.title or "",
        language=(instance.languages or [""])[0],
        picture_limit=statuses.max_media_attachments or PICTURES_A_POST,
        picture_bytes=media.image_size_limit or PICTURE_BYTES,
        picture_types=tuple(
            kind for kind in media.supported_mime_types or () if kind.startswith("image/")
        ),
        description_limit=media.description_limit or DESCRIPTION_LIMIT_CHARACTERS,
    )


def software_of(instance: InstancePayload) -> tuple[str, str]:
    """Name and version of the software; many servers write theirs in brackets."""
    if inside := INSIDE.search(instance.version):
        return inside["name"], inside["version"]
    source = (instance.source_url or "").lower()
    for sign, name in KNOWN_BY_SOURCE.items():
        if sign in source:
            return name, instance.version
    return "Mastodon", instance.version


def streaming_url_of(instance: InstancePayload) -> str:
    """The address for server-sent events, "" if none is given.

    The API gives the address for websockets; the same host speaks plain HTTP.
    Source: docs.joinmastodon.org/methods/streaming (read 2026-11-22).
    """
    claimed = instance.configuration.urls.streaming or instance.urls.streaming_api or ""
    address = re.sub(r"^ws(s?)://", r"http\1://", claimed).rstrip("/")
    return address if address.startswith(("http://", "https://")) else ""


def host_in_handles(instance: InstancePayload, address: str) -> str:
    """The host that people of this server carry in their handles, mostly that of its address."""
    given = instance.account_domain or instance.domain or instance.uri or ""
    return host_of(given) or host_of(address)
