"""Finding words in what was said and noted: writing entries, asking the index, old posts.

Tokens come from `understanding.search_words`; nothing else decides what a word is. The index of
each database is spoken to in `index.py` and nowhere else. An entry follows its post or note, in
the same transaction where it is written here.
"""
