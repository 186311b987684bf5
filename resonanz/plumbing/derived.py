"""What is derived from the rows and stands in no table of Django's, such as an index for search.

After the rows were moved to another database it is built anew there. Rooms register how:

    DERIVED.add(10, search.rebuild)

A function works on the default database, takes nothing, and may be run again.
"""

from collections.abc import Callable

from resonanz.plumbing.panels import Place

DERIVED: Place[Callable[[], None]] = Place("derived")
