"""The pretend town: a network like any other, invented from the first word to the last.

Here a small town talks about its bakery, which is us, and about everything else. What the
people say is a pure function of the moment the town was entered and of what we said and did
there; only the latter is kept, in one small file per account. Nothing here may ask the
network, and nothing here may be mistaken for a real person.
"""
