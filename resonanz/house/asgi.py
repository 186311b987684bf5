"""The door for the web server."""

import os

from django.core.asgi import get_asgi_application

from resonanz.house.request_size import LimitedBody

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

application = LimitedBody(get_asgi_application())
