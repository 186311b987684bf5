"""Which rooms and which outside apps are in the house, top to bottom."""

ROOMS = [
    "resonanz.house",
    "resonanz.relationships",
    "resonanz.mentions",
    "resonanz.conversations",
    "resonanz.outbox",
    "resonanz.people",
    "resonanz.channels",
    "resonanz.letters",
    "resonanz.pictures",
    "resonanz.workspaces",
    "resonanz.plumbing",
]

INSTALLED_APPS = [
    *ROOMS,
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "resonanz.house.metrics.middleware.measuring",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "resonanz.workspaces.middleware.MemberMiddleware",
    "resonanz.workspaces.doorkeeping.SessionSeenMiddleware",
    "resonanz.workspaces.doorkeeping.SecondStepMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "resonanz.house.rail.rail",
            ],
        },
    }
]
