"""Copies of pictures: those that people show us, and those that we send.

Every picture is decoded and made anew before it is kept, so that nothing of the sender's type or
hidden data leaves this room; pages only ever show our own copies. Nobody here knows who posted
a picture or why: rooms above hand in addresses and files.
"""
