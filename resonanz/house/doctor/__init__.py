"""`resonanz doctor`: looks at one thing after another, and says a sentence about each.

It reads and asks, and changes nothing. Rooms add their own checks at `clockwork.checkup`.
"""

from resonanz.house.doctor.round import examine

__all__ = ["examine"]
