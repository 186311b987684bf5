"""What Resonanz says to its own members outside of its pages: e-mail and pushed messages.

A letter is a row first and is written, in its reader's language and hours, when it is sent. It
holds no text of anybody outside: it says what waits and leads there. Nothing here ever goes to
the people we talk with; that is the outbox's.
"""
