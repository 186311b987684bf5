"""How a line of the log is written, and what may never stand in one.

Our own lines hold numbers of rows. What comes from libraries and in errors is not ours: e-mail
addresses, handles, tokens and the queries of addresses are blotted out, and of an error only its
kind and its way through the code are told, because its message may quote what somebody wrote.
"""

import json
import re
import traceback
from logging import DEBUG, Formatter, LogRecord, getLogger
from types import TracebackType
from typing import Any

BLOT = "…"
# What a library tells in one line; whatever is behind it came from outside.
LONGEST_MESSAGE_CHARACTERS = 4000
# An e-mail address, or a handle on the fediverse, which looks like one.
# It is only looked for where a run of such characters begins, so that a long one costs little.
ADDRESS = re.compile(r"(?<![\w.+-])@?[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
AFTER_QUESTION_MARK = re.compile(r"(?<=[^\s?])\?+[^\s\"'“”=?]++=[^\s\"'“”]*")
BEARER = re.compile(r"(?i)(?:\b|_)(bearer|token|key|secret|password)([\"']?[ =:]+)[^\s,;]+")
# Long runs of letters and digits: tokens in addresses, digests, keys.
LONG_RUN = re.compile(r"[A-Za-z0-9_=-]{24,}")
PLAIN_RUN = re.compile(r"[A-Za-z0-9]{24,}")

ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def blotted(line: str) -> str:
    """The line without anything that could be an address, a handle or a token."""
    line = ADDRESS.sub(BLOT, line)
    line = AFTER_QUESTION_MARK.sub(f"?{BLOT}", line)
    line = BEARER.sub(rf"\1\2{BLOT}", line)
    return LONG_RUN.sub(_blot_token, line)


def one_line(message: str) -> str:
    """The message on one line, cut where it is too long for one."""
    return " ".join(message[:LONGEST_MESSAGE_CHARACTERS].splitlines())


def _blot_token(found: re.Match[str]) -> str:
    """Names of files and functions are lower case, and their words are short."""
    run = found.group()
    is_word = run.islower() and not PLAIN_RUN.search(run)
    return run if is_word or run.isalpha() else BLOT


class Discreet(Formatter):
    """Lines for people: time, level, logger, sentence."""

    def __init__(self) -> None:
        """Nothing can be chosen."""
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: LogRecord) -> str:
        """One record as one line, and for an error the way through the code below it."""
        record.exc_text = None
        return blotted(super().format(record))

    def formatMessage(self, record: LogRecord) -> str:
        """The line itself. What it quotes cannot begin a line of its own."""
        record.message = one_line(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: ErrorInfo) -> str:
        """The way through the code, and what kind of error it was, without its words."""
        return f"{way_of(ei)}\n{kind_of(ei)}"


class Json(Discreet):
    """Lines for programs: one object each."""

    def format(self, record: LogRecord) -> str:
        """One record as one line of JSON."""
        told: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname,
            "process": record.process,
            "logger": record.name,
            "message": blotted(one_line(record.getMessage())),
        }
        if record.exc_info and record.exc_info[0]:
            told |= {"error": kind_of(record.exc_info), "where": way_of(record.exc_info)}
        return json.dumps(told, ensure_ascii=False)


def kind_of(info: ErrorInfo) -> str:
    """The class of an error; its words only at DEBUG, where somebody looks for a fault."""
    error = info[1]
    if error is None:
        return ""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    is_wanted = getLogger("resonanz").getEffectiveLevel() <= DEBUG
    return blotted(f"{name}: {error}") if is_wanted else name


def way_of(info: ErrorInfo) -> str:
    """Files, lines and functions, the innermost last, without what stood in them."""
    frames = traceback.extract_tb(info[2])
    return "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
