"""Where a result comes from: which commit, which machine."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_CPU_INFO = Path("/proc/cpuinfo")


def git_commit() -> str:
    """The commit of this code, 40 hexadecimal digits; ``unknown`` outside a repository."""
    return _git("rev-parse", "HEAD") or "unknown"


def git_dirty() -> bool:
    """Whether tracked code differs from that commit: then the commit alone does not repeat the result."""
    return bool(_git("status", "--porcelain", "--untracked-files=no", "--", "summarizer", "eval"))


def machine() -> str:
    """Processor, cores this process may use, system and Python, in words; no host name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def _processor() -> str:
    if _CPU_INFO.exists():
        for line in _CPU_INFO.read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _git(*arguments: str) -> str:
    try:
        found = subprocess.run(["git", *arguments], cwd=_ROOT, capture_output=True, text=True, check=False, timeout=30)
    except OSError:
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""
