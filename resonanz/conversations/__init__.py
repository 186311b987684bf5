"""Posts and the conversations they form: the inbox, whose turn it is, and answering.

Every post that arrives or that we sent becomes one row, however often it is seen. The turn of
a conversation is a plain column, kept by the actions here and by hand. Acts are derived above.
"""
