"""Webmention and pingback: pages that link to one another, and tell so."""
