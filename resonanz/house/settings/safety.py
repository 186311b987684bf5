"""Headers, cookies and what a page may load."""

from csp.constants import NONE, SELF

ONE_YEAR_SECONDS = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}


def hosts(public_host: str, told: tuple[str, ...]) -> list[str]:
    """ALLOWED_HOSTS: this machine, the public host, and what was told."""
    return ["localhost", "127.0.0.1", "[::1]", *([public_host] if public_host else []), *told]


def secure_cookies(address: str) -> dict[str, object]:
    """What changes once the installation has a public https address."""
    secure = address.startswith("https://")
    return {
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "SECURE_SSL_REDIRECT": secure,
        "SECURE_HSTS_SECONDS": ONE_YEAR_SECONDS if secure else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": secure,
        "SECURE_HSTS_PRELOAD": secure,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        "CSRF_TRUSTED_ORIGINS": [address] if address else [],
    }
