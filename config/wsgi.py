import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

os.umask(0o077)  # registers, keys and files are for the account that serves them alone
application = get_wsgi_application()

from noivu.portal.warming import warm_up  # noqa: E402  needs the rooms, which are ready only now

warm_up()
# Writing, a request lets go of the interpreter at each of its statements, and holds the registers meanwhile: it gets
# the interpreter back from a page being drawn after half a millisecond, not after five.
sys.setswitchinterval(0.0005)
