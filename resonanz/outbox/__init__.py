"""What we say: drafts, the check before sending, publications and their deliveries.

A delivery is the truth about one text on its way to one channel. Whatever is unsure is looked
for at the network before it is said again. No text leaves without a voice who approved it.
"""
