"""A judge as a file: adapters and head in safetensors, narrowed to what does most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from summarizer.errors import DataError
from training.finetune.lora import LoraLinear
from training.judge.graph import Floats, Judge, Pair
from training.judge.reader import Reader

_HEAD, _BIAS = "head.weight", "head.bias"


def judge_of(reader: Reader, about: Mapping[str, str]) -> Judge:
    """What a reader has learned; ``about``: from what."""
    adapters: dict[tuple[int, str], Pair] = {}
    for name, module in _adapters(reader):
        down, up = module.lora_a.detach(), module.lora_b.detach() * module.scale
        adapters[name] = Pair(down.numpy(), up.numpy())
    return Judge(adapters, reader.head.weight.detach().numpy(), reader.head.bias.detach().numpy(), about)


def restore(judge: Judge, reader: Reader) -> None:
    """Let a reader go on from what a judge had learned; ``DataError`` for one with other adapters."""
    with torch.no_grad():
        for (index, name), module in _adapters(reader):
            pair = judge.adapters.get((index, name))
            if pair is None or pair.down.shape != tuple(module.lora_a.shape):
                raise DataError(
                    expected="a judge with the adapters of this reader",
                    got=f"no adapter of {index}.{name}, or one of another rank",
                    hint="give the same --frozen and --rank, and a judge that was not narrowed",
                )  # fmt: skip
            module.lora_a.copy_(torch.from_numpy(pair.down))
            module.lora_b.copy_(torch.from_numpy(pair.up) / module.scale)
        reader.head.weight.copy_(torch.from_numpy(judge.head))
        reader.head.bias.copy_(torch.from_numpy(judge.bias))


def _adapters(reader: Reader) -> Iterator[tuple[tuple[int, str], LoraLinear]]:
    for index, layer in enumerate(reader.model.layers):
        for name, module in layer.named_modules():
            if isinstance(module, LoraLinear):
                yield (index, name.rsplit(".", 1)[-1]), module


def averaged(judges: Sequence[Judge]) -> Judge:
    """The mean of several judges, by their weights (Wortsman et al. 2022, https://arxiv.org/abs/2203.05482).

    Its adapters have the directions of all of them; ``about`` is of the last. ``DataError`` for judges with other
    adapters than the first.
    """
    first, count = judges[0], len(judges)
    if any(one.adapters.keys() != first.adapters.keys() for one in judges):
        raise DataError(expected="judges with the same adapters", got="others", hint="average judges of one --frozen")
    adapters = {name: _side_by_side([one.adapters[name] for one in judges]) for name in first.adapters}
    head, bias = (np.mean([getattr(one, part) for one in judges], axis=0) for part in ("head", "bias"))
    about = {**judges[-1].about, **({"averaged": str(count)} if count > 1 else {})}
    return Judge(adapters, head, bias, about)


def _side_by_side(pairs: Sequence[Pair]) -> Pair:
    """An adapter that moves a product as the mean of ``pairs`` does."""
    down = np.concatenate([pair.down for pair in pairs])
    up = np.concatenate([pair.up for pair in pairs], axis=1) / len(pairs)
    return Pair(down, up.astype(np.float32))


def narrowed(judge: Judge, share: float) -> Judge:
    """``judge`` with about ``share`` of its adapters' numbers: the directions that move a product most, for their size.

    Each adapter keeps one direction at least. They are those of the singular value decomposition.
    """
    parts = {name: _directions(pair) for name, pair in judge.adapters.items()}
    sizes_of = {name: _size(pair) for name, pair in judge.adapters.items()}
    every = ((float(value**2) / sizes_of[name], sizes_of[name]) for name in parts for value in parts[name][1])
    worth = sorted(every, reverse=True)
    sizes = np.cumsum([size for _, size in worth])
    bar = worth[min(int(np.searchsorted(sizes, share * sizes[-1])), len(worth) - 1)][0]
    kept: dict[tuple[int, str], Pair] = {}
    for name, pair in judge.adapters.items():
        up, values, down = parts[name]
        rank = max(1, int((values**2 / _size(pair) >= bar).sum()))
        gain = np.sqrt(values[:rank])
        kept[name] = Pair(gain[:, None] * down[:rank], up[:, :rank] * gain)
    return Judge(kept, judge.head, judge.bias, judge.about)


def _directions(pair: Pair) -> tuple[Floats, Floats, Floats]:
    """The singular value decomposition of ``up @ down`` without making the product: [out, rank], [rank], [rank, in]."""
    left, high = np.linalg.qr(pair.up)
    right, low = np.linalg.qr(pair.down.T)
    turned, values, back = np.linalg.svd(high @ low.T)
    return left @ turned, values, back @ right.T


def _size(pair: Pair) -> int:
    """Numbers in one direction."""
    return int(pair.up.shape[0] + pair.down.shape[1])


def write(judge: Judge, path: Path) -> None:
    """The file of a judge."""
    from safetensors.numpy import save_file

    tensors: dict[str, NDArray[np.float32]] = {_HEAD: judge.head, _BIAS: judge.bias}
    for (layer, part), pair in judge.adapters.items():
        tensors |= {f"{layer}.{part}.down": pair.down, f"{layer}.{part}.up": pair.up}
    whole = {name: np.ascontiguousarray(one, np.float32) for name, one in tensors.items()}
    save_file(whole, path, dict(judge.about))


def read(path: Path) -> Judge:
    """The judge of a file; ``DataError`` for anything else."""
    from safetensors import SafetensorError, safe_open
    from safetensors.numpy import load_file

    try:
        found: Mapping[str, NDArray[np.float32]] = load_file(path)
        with safe_open(path, framework="numpy") as opened:
            about = opened.metadata() or {}
        names = {tuple(name.split(".")[:2]) for name in found} - {tuple(name.split(".")[:2]) for name in (_HEAD, _BIAS)}
        adapters = {
            (int(layer), part): Pair(found[f"{layer}.{part}.down"], found[f"{layer}.{part}.up"])
            for layer, part in sorted(names)
        }
        return Judge(adapters, found[_HEAD], found[_BIAS], about)
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise DataError(
            expected="a judge", got=f"{path}: {error}", hint="make one: python -m training.judge"
        ) from error
