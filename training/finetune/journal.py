"""What a run says while it runs: a progress bar with the time left, ``log.jsonl``, TensorBoard."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from tqdm import tqdm


class Journal:
    """Writes events of the main process; on the others (``active=False``) every call does nothing.

    ``step`` is where the run goes on: what a killed run logged after its last state is taken back.
    """

    def __init__(self, out: Path, step: int = 0, active: bool = True) -> None:
        self.active = active
        if not active:
            return
        from torch.utils.tensorboard import SummaryWriter

        out.mkdir(parents=True, exist_ok=True)
        _take_back(out / "log.jsonl", step)
        self._log = (out / "log.jsonl").open("a", encoding="utf-8")
        self._board = SummaryWriter(str(out / "tensorboard"), purge_step=step)
        self._bar = tqdm(total=1000, unit="‰", mininterval=5, bar_format="{l_bar}{bar}| {elapsed}<{remaining}{postfix}")

    def record(self, event: str, step: int, **values: Any) -> None:
        """One line of the log, and a TensorBoard scalar for every number of it."""
        if not self.active:
            return
        line = {"event": event, "step": step, "time": round(time.time(), 1), **values}
        self._log.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._log.flush()
        for name, value in values.items():
            if isinstance(value, (int, float)):
                self._board.add_scalar(f"{event}/{name}", value, step)

    def show(self, done: float, **values: Any) -> None:
        """Move the bar to the share ``done`` and show ``values`` beside it."""
        if self.active:
            self._bar.set_postfix(values, refresh=False)
            self._bar.update(max(0, int(done * 1000) - self._bar.n))

    def close(self) -> None:
        """Flush and close everything."""
        if self.active:
            self._bar.close()
            self._board.close()
            self._log.close()


def _take_back(log: Path, step: int) -> None:
    if not log.exists():
        return
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    # A kill in mid-write leaves a last line without its end.
    kept = [line for line in lines if line.endswith("}\n") and json.loads(line)["step"] <= step]
    log.write_text("".join(kept), encoding="utf-8")
