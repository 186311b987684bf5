"""The door for the web server."""

import gc
import os

from django.core.asgi import get_asgi_application
from django.urls import get_resolver

from resonanz.house.request_size import LimitedBody
from resonanz.switchboard.registry import networks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

application = LimitedBody(get_asgi_application())

# What is loaded by now stays until the end. Left out of the search for garbage it costs a page
# nothing: with it every few dozen pages one took 60 ms longer.
get_resolver().url_patterns  # noqa: B018 (loads every view)
networks()
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
