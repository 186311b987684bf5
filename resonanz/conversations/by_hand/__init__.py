"""What people said where no network tells us, noted by hand; and what we answered there.

Such words are posts like all others: they belong to a conversation, count as contact, are found,
and can be answered. They carry who noted them, and whoever noted them may change and remove them.
"""
