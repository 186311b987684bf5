"""Django's settings, gathered from one small file per subject."""

from hashlib import sha512
from urllib.parse import urlsplit

from resonanz import __version__
from resonanz.house import data_folder
from resonanz.house.settings import apps, environment, logs, mail, safety, sign_in
from resonanz.house.settings.database import CACHE_IN_DATABASE, databases
from resonanz.house.settings.tasks import tasks
from resonanz.plumbing.secrets import load_or_create_key

RESONANZ_HOME = data_folder.made()
RESONANZ_PORT = environment.whole_number("RESONANZ_PORT", 8000, lowest=1, highest=65535)
RESONANZ_BIND = environment.bind()
RESONANZ_PUBLIC_ADDRESS = environment.public_address()
RESONANZ_ALLOWED_HOSTS_INSIDE = frozenset(environment.words("RESONANZ_ALLOWED_HOSTS_INSIDE"))
RESONANZ_PACE = environment.factor("RESONANZ_PACE")
# How long the work of a killed process stays taken; sending waits five times as long.
RESONANZ_LEASE_SECONDS = environment.whole_number(
    "RESONANZ_LEASE_SECONDS", 30, lowest=1, highest=600
)
RESONANZ_BACKUP_FOLDER = environment.folder("RESONANZ_BACKUP_FOLDER")
RESONANZ_BACKUPS_KEPT = environment.whole_number("RESONANZ_BACKUPS_KEPT", 7, lowest=1, highest=999)
RESONANZ_DISK_ALARM_MB = environment.whole_number(
    "RESONANZ_DISK_ALARM_MB", 1000, lowest=1, highest=10**9
)
RESONANZ_METRICS_TOKEN = environment.metrics_token()
RESONANZ_TRUSTED_PROXIES = environment.proxies("RESONANZ_TRUSTED_PROXIES") or ["127.0.0.1", "::1"]
RESONANZ_USER_AGENT = f"Resonanz/{__version__}" + (
    f" (+{RESONANZ_PUBLIC_ADDRESS})" if RESONANZ_PUBLIC_ADDRESS else ""
)
RESONANZ_KEY_FILE = RESONANZ_HOME / "keys" / "vault.key"
RESONANZ_PUSH_KEY_FILE = RESONANZ_HOME / "keys" / "push.key"
RESONANZ_MAIL_SERVER = mail.mail_server()
RESONANZ_MAIL_FROM = mail.mail_from(RESONANZ_MAIL_SERVER)

SECRET_KEY = sha512(load_or_create_key(RESONANZ_HOME / "keys" / "django.key")).hexdigest()
DEBUG = False
ALLOWED_HOSTS = safety.hosts(
    urlsplit(RESONANZ_PUBLIC_ADDRESS).hostname or "", environment.words("RESONANZ_HOSTS")
)

INSTALLED_APPS = apps.INSTALLED_APPS
MIDDLEWARE = apps.MIDDLEWARE
TEMPLATES = apps.TEMPLATES
ROOT_URLCONF = "resonanz.house.urls"
ASGI_APPLICATION = "resonanz.house.asgi.application"
DATABASES = databases(RESONANZ_HOME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = logs.logging(environment.log_level(), environment.log_format())

AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "resonanz.workspaces.sign_in.ClosedDoor"
ACCOUNT_FORMS = {
    "login": "resonanz.workspaces.forms.SignInForm",
    "change_password": "resonanz.workspaces.forms.NewPasswordForm",
    "reauthenticate": "resonanz.workspaces.second_step.PasswordAgainForm",
    "reset_password": "resonanz.workspaces.forms.ForgottenPasswordForm",
    "reset_password_from_key": "resonanz.workspaces.forms.PasswordByLinkForm",
}
# Five wrong passwords for one address in five minutes, ten from one place in a minute.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "10/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
}
# Whoever asks for a new password is told the same, whether the address has a login or not.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A link for a new password opens something for a day, and only once.
PASSWORD_RESET_TIMEOUT = 86_400
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
# How long somebody who just said her password again may change what is sensitive.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "resonanz.workspaces.second_step.SecondStep"
MFA_FORMS = {
    "authenticate": "resonanz.workspaces.second_step.CodeForm",
    "reauthenticate": "resonanz.workspaces.second_step.CodeAgainForm",
    "activate_totp": "resonanz.workspaces.second_step.AppForm",
    "add_webauthn": "resonanz.workspaces.second_step.PasskeyForm",
    "edit_webauthn": "resonanz.workspaces.second_step.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Resonanz"
# One step of 30 seconds to either side, for clocks that go wrong and people who type slowly.
MFA_TOTP_TOLERANCE = 1
RESONANZ_OIDC_ADDRESS = sign_in.provider_address()
RESONANZ_OIDC_ONLY = sign_in.provider_only(RESONANZ_OIDC_ADDRESS)
SOCIALACCOUNT_PROVIDERS = sign_in.providers(RESONANZ_OIDC_ADDRESS)
SOCIALACCOUNT_ADAPTER = "resonanz.workspaces.provider_sign_in.KnownOnly"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# A link and not a form: the page's policy lets no form lead out of the house.
SOCIALACCOUNT_LOGIN_ON_GET = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CACHES = CACHE_IN_DATABASE

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
# Floors that are no Django apps carry their own words: the switchboard, each network.
LOCALE_PATHS = environment.locale_folders()
FORMAT_MODULE_PATH = "resonanz.house.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = False
# Copies with a fingerprint in their name are made at start into the data folder, so that a new
# version is never mixed with an old style sheet in somebody's browser.
STATIC_ROOT = RESONANZ_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "resonanz.plumbing.static_files.Fingerprinted"},
}

TASKS, RQ_QUEUES = tasks()

CONTENT_SECURITY_POLICY = safety.CONTENT_SECURITY_POLICY
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
_cookies = safety.secure_cookies(RESONANZ_PUBLIC_ADDRESS)
SESSION_COOKIE_SECURE = _cookies["SESSION_COOKIE_SECURE"]
CSRF_COOKIE_SECURE = _cookies["CSRF_COOKIE_SECURE"]
SECURE_SSL_REDIRECT = _cookies["SECURE_SSL_REDIRECT"]
SECURE_HSTS_SECONDS = _cookies["SECURE_HSTS_SECONDS"]
SECURE_HSTS_INCLUDE_SUBDOMAINS = _cookies["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
SECURE_HSTS_PRELOAD = _cookies["SECURE_HSTS_PRELOAD"]
SECURE_PROXY_SSL_HEADER = _cookies["SECURE_PROXY_SSL_HEADER"]
CSRF_TRUSTED_ORIGINS = _cookies["CSRF_TRUSTED_ORIGINS"]
# Health checks and metrics come over plain http from the same machine.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
