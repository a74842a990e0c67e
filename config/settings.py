"""Settings of the product. Everything an operator may change comes from the environment or the data directory."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django_stubs_ext

from config.database import database_at
from config.datadirectory import DataDirectory

# Generic classes of the framework may be written with their types (QuerySet[Unit]).
django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parent.parent
DATA = DataDirectory(Path(os.environ.get("NOIVU_DATA", "var")).resolve())

SECRET_KEY = DATA.secret_key()
DEBUG = os.environ.get("NOIVU_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("NOIVU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("NOIVU_ORIGINS", "").split(",") if o]
NOIVU_DATA = DATA.path
NOIVU_SAMPLE = DATA.is_sample
NOIVU_BACKUPS = os.environ.get("NOIVU_BACKUPS", "")
NOIVU_ISOLATED = os.environ.get("NOIVU_ISOLATED") == "1"  # stands on no network: state secrets may be entered
NOIVU_TODAY = os.environ.get("NOIVU_TODAY") or DATA.today

INSTALLED_APPS = [
    "noivu.portal",
    "noivu.reports",
    "noivu.planning",
    "noivu.office",
    "noivu.desk",
    "noivu.intake",
    "noivu.opinions",
    "noivu.matters",
    "noivu.work",
    "noivu.exchange",
    "noivu.records",
    "noivu.figures",
    "noivu.notices",
    "noivu.accounts",
    "noivu.units",
    "noivu.law",
    "noivu.papers",
    "noivu.sheets",
    "noivu.audit",
    "noivu.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "noivu.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "noivu.accounts.middleware.ActorMiddleware",
    "noivu.ui.middleware.RequestSizeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "noivu.ui.middleware.ToastMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "noivu.ui.middleware.ReadableRequestMiddleware",
    "noivu.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "noivu.portal.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "noivu.ui.context.page",
            ],
        },
    }
]

FORM_RENDERER = "noivu.ui.widgets.FormRenderer"

DATABASES = {"default": database_at(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA.path / 'noivu.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["ENGINE"] = "config.sqlite"
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    # A deferred transaction that turns into a write fails at once under concurrency; an immediate one waits.
    # The file is read where the system keeps it in memory: each page copied out by a call costs a list twice the time.
    # Its first 640 MB: what is read so counts as memory of the process, though the system may take it back at any time.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=671088640;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A page asks several short statements; compiling one first costs more than it answers in. Its rows lie in memory or
    # on a disk without heads: told otherwise, a server gathers all that a list could hold to show its first page.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off -c random_page_cost=1.1")
# Opening a connection costs a page more than all of its statements, with a file as with a server.
DATABASES["default"]["CONN_MAX_AGE"] = 60

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["noivu.accounts.authentication.AccountsBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "noivu.accounts.passwords.LongEnough"},
    {"NAME": "noivu.accounts.passwords.NotCommon"},
    {"NAME": "noivu.accounts.passwords.NotOneself"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "noivu.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "noivu.accounts.signin_forms.SignInForm",
    "change_password": "noivu.accounts.signin_forms.ChangePasswordForm",
    "reset_password": "noivu.accounts.signin_forms.ForgottenPasswordForm",
    "reset_password_from_key": "noivu.accounts.signin_forms.NewPasswordForm",
    "reauthenticate": "noivu.accounts.signin_forms.ConfirmPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "noivu.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "noivu.accounts.signin_forms.CodeForm",
    "reauthenticate": "noivu.accounts.signin_forms.ConfirmCodeForm",
    "activate_totp": "noivu.accounts.signin_forms.AddApplicationForm",
    "add_webauthn": "noivu.accounts.signin_forms.AddPasskeyForm",
    "edit_webauthn": "noivu.accounts.signin_forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Attempts are counted where every worker process of this machine sees them; drawings lie apart, because a full cache
# throws entries out at random, and an attempt forgotten is one more guess.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA.path / "cache" / name),
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
    for name in ("default", "charts")
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = DATA.path / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A working day, and never past the closing of the browser.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("NOIVU_HTTPS") == "1"
# Behind proxies of one's own their number is said: then, and only then, what they report of the visitor is believed.
# Without it every visitor of a proxy would count as one machine when wrong passwords are counted.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("NOIVU_PROXIES", "0"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
# The proxy that ends TLS sends plain requests on and says for how long TLS must be used (HSTS).
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "noivu.ui.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
# Without NOIVU_EMAIL (smtp://name:password@host:port, or smtps://) nothing is sent: pages name the operator.
MAIL = urlsplit(os.environ.get("NOIVU_EMAIL", ""))
NOIVU_SENDS_EMAIL = bool(MAIL.hostname)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if NOIVU_SENDS_EMAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "", MAIL.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_TIMEOUT = 20
# Under which address the product is reached, for links in mails: "https://noivu.example.gov.vn". Without it a mail says
# what and where, and holds no link.
NOIVU_URL = os.environ.get("NOIVU_URL", "")
DEFAULT_FROM_EMAIL = os.environ.get("NOIVU_EMAIL_FROM", "noivu@localhost")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
