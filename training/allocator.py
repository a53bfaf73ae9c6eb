"""Memory that a CPU run keeps, so that the system does not clear the same pages again for every large tensor.

Run as ``python -m training.allocator``, it prints the time of a product before and after.
"""

from __future__ import annotations

import ctypes
import sys
import time

# Parameters of glibc's mallopt(3), as <malloc.h> numbers them.
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_MAX = -1, -2, -4
PAD_BYTES = 256 << 20


def keep_memory() -> bool:
    """Let glibc keep freed memory and map no block on its own; True where it took the settings.

    Large tensors are otherwise mapped and unmapped at every operation, and the kernel fills their pages with zeros each
    time: about half of the time of a bfloat16 product on a CPU with AMX (docs/model.md).
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl has none, and needs none
        return False
    settings = ((M_MMAP_MAX, 0), (M_TRIM_THRESHOLD, 2**31 - 1), (M_TOP_PAD, PAD_BYTES))
    taken = [mallopt(name, value) == 1 for name, value in settings]
    return all(taken)


def product_ms(tokens: int = 3000, repeats: int = 40) -> float:
    """Milliseconds of CPU time of one bfloat16 product [tokens, 640] x [640, 2048], Gemma 3 270M's feed-forward."""
    import torch

    left, right = torch.randn(tokens, 640).bfloat16(), torch.randn(2048, 640).bfloat16()
    torch.nn.functional.linear(left, right)
    started = time.process_time()
    for _ in range(repeats):
        torch.nn.functional.linear(left, right)
    return 1000 * (time.process_time() - started) / repeats


def main() -> int:
    """The command line; 0 where memory can be kept."""
    before = product_ms()
    kept = keep_memory()
    print(f"{before:.2f} ms -> {product_ms():.2f} ms" if kept else f"{before:.2f} ms; nothing to set on this system")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
