"""What the processor that runs the tests does differently."""

from __future__ import annotations

import platform
from pathlib import Path


def saturates() -> bool:
    """True on x86 without VNNI, where pairs of products of bytes are added in 16 bits (``onnx_products``)."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return False
    cpu = Path("/proc/cpuinfo")
    return cpu.exists() and "vnni" not in cpu.read_text("utf-8")
