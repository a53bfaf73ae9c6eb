"""A backend that can be made to wait."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from summarizer.backends.extractive import Extractive
from summarizer.config import Decoding
from summarizer.schema import Candidate, Request


class Held(Extractive):
    """Writes nothing while ``go`` is cleared."""

    go = threading.Event()
    go.set()

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        assert self.go.wait(60)
        return super().generate(requests, decoding)
