"""What the web server runs; it refuses to start an installation that is not safe."""

import os

from django.core.wsgi import get_wsgi_application

from huiyin.storage.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings.base")

application = get_wsgi_application()
refuse_unsafe()
