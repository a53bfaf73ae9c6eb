"""Direct preference optimisation (Rafailov et al. 2023, https://arxiv.org/abs/2305.18290) over readings.

To the preference is added the likelihood of what is preferred (as in Pang et al. 2024, https://arxiv.org/abs/2404.19733),
without which both lines of a pair grow unlikely, the worse only faster.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.finetune.data.batches import collate_causal
from training.finetune.data.examples import Example
from training.finetune.models import Loaded, causal_logits


def line_log_probs(loaded: Loaded, example: Example) -> Tensor:
    """The log-probability [lines] of each whole line behind a reading."""
    batch = collate_causal([example], loaded.pad)
    tokens = -functional.cross_entropy(causal_logits(loaded, batch).float(), batch.labels, reduction="none")
    return torch.stack([part.sum() for part in torch.split(tokens, sizes(example))])


def sizes(example: Example) -> list[int]:
    """The tokens of each line."""
    return [len(ids) for _, _, ids in example.targets]


def margins(now: Tensor, before: Tensor) -> Tensor:
    """How much more [pairs] the first line of each pair has gained than the second.

    ``now`` and ``before`` [lines]: log-probabilities by the model and by the one that it began as.
    """
    gain = now - before
    return gain[::2] - gain[1::2]


def preference_loss(now: Tensor, before: Tensor, example: Example, beta: float, likelihood: float) -> Tensor:
    """The summed loss of the pairs of ``example`` and, by their mean a token, of the lines that are preferred."""
    preferred = now[::2] / torch.tensor(sizes(example)[::2])
    return -functional.logsigmoid(beta * margins(now, before)).sum() - likelihood * preferred.sum()
