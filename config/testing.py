"""Settings of the test suite: those of the product, with a database and files that are thrown away."""

import os
import tempfile

os.environ.setdefault("NOIVU_DATA", tempfile.mkdtemp(prefix="noivu-tests-"))
os.environ["NOIVU_TODAY"] = "2024-11-01"

from config.settings import *
from config.settings import ALLOWED_HOSTS, CACHES, STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES}
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
