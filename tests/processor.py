"""What the processor that runs the tests does differently."""

from __future__ import annotations

import platform
from pathlib import Path


def saturates() -> bool:
    """True on x86 without VNNI, where CTranslate2 adds pairs of products of bytes in 16 bits."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return False
    cpu = Path("/proc/cpuinfo")
    return cpu.exists() and "vnni" not in cpu.read_text("utf-8")
