"""What labels say, in words of ours: for networks that send labels where others have words.

They are message ids. A warning that is made of them is kept in them, is shown in the reader's
language, and goes out as labels again (`content_warnings.py`).
"""

from resonanz.plumbing.wording import N_

ADULT = N_("Adult content")
SUGGESTIVE = N_("Sexually suggestive")
NUDITY = N_("Nudity")
GRAPHIC = N_("Graphic pictures")
MARKED = N_("Marked with a warning by the moderators")
HIDDEN = N_("Hidden by the moderators")

# What moderators decide about one post says nothing about an answer to it.
OF_MODERATORS = frozenset({MARKED, HIDDEN})
LABEL_WORDS = frozenset({ADULT, SUGGESTIVE, NUDITY, GRAPHIC}) | OF_MODERATORS
