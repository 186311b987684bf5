"""Persons and their accounts: who is who, how we met, and what is kept about them.

An identity is an account on a network; a person is the human being behind one or several.
Posts and acts belong to identities, so that putting persons together moves one column.
"""
