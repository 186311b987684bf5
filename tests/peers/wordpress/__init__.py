"""Resonanz and real blogs: WordPress 6.1 as Debian packages it."""
