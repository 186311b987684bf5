"""Backups: one file that brings an installation back, taken while everything runs.

A backup holds the database as it was at one moment, the keys, and what lies in the data folder
beside them. What was on its way when it was taken is looked for before it is said again.
"""
