"""Why a move does not go on."""


class MoveStopped(Exception):
    """Nothing was moved. The message says why, and what to do."""
