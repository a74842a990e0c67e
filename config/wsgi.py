import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

os.umask(0o077)  # registers, keys and files are for the account that serves them alone
application = get_wsgi_application()
