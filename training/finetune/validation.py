"""What a run measures on held-out rows: the loss of the targets, and texts written greedily.

The texts are compared with quick word overlaps that need no benchmark code; published scores come from ``eval.run``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import torch

from training.finetune.data.batches import collate
from training.finetune.data.examples import Example
from training.finetune.data.read import Shown
from training.finetune.models import Loaded, summed_loss

WORD = re.compile(r"\w+")
FOLDED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", **dict.fromkeys(map(chr, range(0x064B, 0x0653)))}
)
"""Alef with hamza or madda, final ya and ta marbuta as their bare letters; vowel marks dropped."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Means over the written texts, in [0, 1]."""

    unigram_f1: float
    bigram_f1: float
    support: float
    """Share of written words that occur in the source, by their folded forms."""


def heldout_loss(loaded: Loaded, batches: Sequence[Sequence[Example]], device: torch.device) -> tuple[float, int]:
    """Cross-entropy (nats) summed over the target tokens of ``batches``, and how many these are."""
    total, count = 0.0, 0
    loaded.model.eval()
    with torch.no_grad():
        for examples in batches:
            loss, tokens = summed_loss(loaded, collate(examples, loaded.pad, loaded.family).to(device))
            total, count = total + float(loss), count + tokens
    loaded.model.train()
    return total, count


def write_texts(
    loaded: Loaded, examples: Sequence[Example], max_new_tokens: int, batch: int = 8
) -> list[list[tuple[str, str]]]:
    """Greedy texts by task for each example: ``[[(task, text), …], …]``."""
    prompts = [
        (number, task, [*example.source, *before])
        for number, example in enumerate(examples)
        for task, before, _ in example.targets
    ]
    prompts.sort(key=lambda prompt: len(prompt[2]))
    written: list[list[tuple[str, str]]] = [[] for _ in examples]
    for start in range(0, len(prompts), batch):
        chunk = prompts[start : start + batch]
        for (number, task, _), text in zip(
            chunk, _generate(loaded, [ids for _, _, ids in chunk], max_new_tokens), strict=True
        ):
            written[number].append((task, text))
    return written


def _generate(loaded: Loaded, prompts: Sequence[list[int]], max_new_tokens: int) -> list[str]:
    width = max(map(len, prompts))
    ids = torch.tensor(
        [[loaded.pad] * (width - len(prompt)) + prompt for prompt in prompts]
    )  # [B, T], padded at the left
    mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts])
    end = loaded.tokenizer.eos_token_id
    loaded.model.eval()
    # A new shape at every token would compile anew at every token.
    with torch.no_grad(), torch.compiler.set_stance("force_eager"):
        output = loaded.model.generate(
            input_ids=ids.to(loaded.model.device),
            attention_mask=mask.to(loaded.model.device),
            max_new_tokens=max_new_tokens,
            # Greedy, whatever the checkpoint's own generation config says.
            do_sample=False,
            num_beams=1,
            early_stopping=False,
            use_cache=True,
            eos_token_id=end,
            pad_token_id=loaded.pad,
        )
    loaded.model.train()
    new = output[:, width:] if loaded.family == "causal" else output[:, 1:]
    return [text.strip() for text in loaded.tokenizer.batch_decode(new, skip_special_tokens=True)]


def score_texts(written: Sequence[Sequence[tuple[str, str]]], shown: Sequence[Shown]) -> tuple[dict[str, float], float]:
    """Scores of written texts by task, as ``{"headline_unigram_f1": …}``, and one number to choose a checkpoint by.

    The number is the mean over the tasks of bigram overlap times support: what agrees with the editor and is true.
    """
    by_task: dict[str, list[tuple[str, str, str]]] = {}
    for texts, row in zip(written, shown, strict=True):
        for task, text in texts:
            by_task.setdefault(task, []).append((text, row.targets[task], row.source))
    scores = {task: overlap(triples) for task, triples in by_task.items()}
    table = {
        f"{task}_{name}": round(value, 4) for task, score in scores.items() for name, value in asdict(score).items()
    }
    return table, _mean(iter([score.bigram_f1 * score.support for score in scores.values()]))


def overlap(written: Sequence[tuple[str, str, str]]) -> Overlap:
    """Score ``(text, reference, source)`` triples."""
    rows = list(written)
    return Overlap(
        _mean(f1(_grams(text, 1), _grams(reference, 1)) for text, reference, _ in rows),
        _mean(f1(_grams(text, 2), _grams(reference, 2)) for text, reference, _ in rows),
        _mean(_supported(text, source) for text, _, source in rows),
    )


def f1(left: Counter[tuple[str, ...]], right: Counter[tuple[str, ...]]) -> float:
    """Harmonic mean of precision and recall of two bags; 0 when nothing is shared."""
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def _words(text: str) -> list[str]:
    return WORD.findall(text.translate(FOLDED))


def _grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = _words(text)
    return Counter(tuple(words[start : start + size]) for start in range(len(words) - size + 1))


def _supported(text: str, source: str) -> float:
    words, known = _words(text), set(_words(source))
    return sum(word in known for word in words) / len(words) if words else 0.0


def _mean(values: Iterator[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
