"""Finds the networks: every folder in `resonanz/networks/`, and the pretend one.

A network is registered by being there. Nothing else has to be edited.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from resonanz.switchboard.contract import Network

NETWORKS_PACKAGE = "resonanz.networks"
PRETEND_MODULE = "resonanz.switchboard.pretend.connector"


class UnknownNetwork(LookupError):
    """No folder of that name. A channel of a removed network says so instead of breaking."""


@cache
def networks() -> dict[str, Network]:
    """All networks by slug, alphabetically, the pretend one last."""
    package = import_module(NETWORKS_PACKAGE)
    modules = sorted(
        f"{NETWORKS_PACKAGE}.{found.name}.connector"
        for found in iter_modules(package.__path__)
        if found.ispkg
    )
    found = [cast(Network, import_module(name).network) for name in [*modules, PRETEND_MODULE]]
    return {network.slug: network for network in found}


def network(slug: str) -> Network:
    """The network of that slug. Raises `UnknownNetwork`."""
    try:
        return networks()[slug]
    except KeyError as cause:
        raise UnknownNetwork(slug) from cause
