"""Feeds: RSS, Atom, RDF and JSON Feed. One source is read; nothing can be written there."""
