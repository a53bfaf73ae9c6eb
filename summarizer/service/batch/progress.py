"""How far a batch is, on standard error: a line that is rewritten on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_TERMINAL_EVERY_S, _LOG_EVERY_S = 0.2, 30.0


class Progress:
    """Rows done of rows in all, with the rate of this run and the time left at that rate."""

    def __init__(self, rows: int, done: int, stream: TextIO | None = None) -> None:
        """``done``: rows that an earlier run finished. ``stream`` None: say nothing."""
        self.rows, self.done, self.before = rows, done, done
        self._stream = stream
        self._terminal = stream is not None and stream.isatty()
        self._started = time.monotonic()
        self._said = self._started if not self._terminal else 0.0

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self._started

    @property
    def rate(self) -> float:
        """Rows a second in this run."""
        return (self.done - self.before) / max(self.seconds, 1e-9)

    def tick(self, rows: int) -> None:
        """``rows`` more are done."""
        self.done += rows
        now = time.monotonic()
        if now - self._said >= (_TERMINAL_EVERY_S if self._terminal else _LOG_EVERY_S):
            self._said = now
            self._say(self.line())

    def line(self) -> str:
        """``1,500 of 100,000 rows (1.5 %), 210 a second, 0:07:49 left``."""
        share = 100 * self.done / max(1, self.rows)
        left = duration((self.rows - self.done) / self.rate) if self.rate else "?"
        return f"{self.done:,} of {self.rows:,} rows ({share:.1f} %), {self.rate:.3g} a second, {left} left"

    def close(self) -> None:
        """Clear the line of a terminal."""
        if self._stream is not None and self._terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _say(self, line: str) -> None:
        if self._stream is not None:
            self._stream.write(f"\r\x1b[K{line}" if self._terminal else f"mujaz: {line}\n")
            self._stream.flush()


def duration(seconds: float) -> str:
    """Hours, minutes and seconds, as in ``27:46:40``."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def standard_error() -> TextIO:
    """Where progress is told."""
    return sys.stderr
