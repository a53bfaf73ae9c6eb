"""Direct preference optimisation (Rafailov et al. 2023, https://arxiv.org/abs/2305.18290) over readings.

To the preference is added the likelihood of what is preferred (as in Pang et al. 2024, https://arxiv.org/abs/2404.19733),
without which both lines of a pair grow unlikely, the worse only faster.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.finetune.data.batches import CausalBatch, collate_causal
from training.finetune.models import Loaded, causal_logits
from training.prefer.pairs import Paired


def line_log_probs(loaded: Loaded, batch: CausalBatch, lengths: Sequence[int]) -> Tensor:
    """The log-probability [lines] of each whole line of a batch, whose lines have so many tokens."""
    logits = causal_logits(loaded, batch).float()
    tokens = -functional.cross_entropy(logits, batch.labels, reduction="none")
    return torch.stack([part.sum() for part in torch.split(tokens, list(lengths))])


def collated(paired: Paired, pad: int) -> tuple[CausalBatch, list[int]]:
    """A reading as a batch of one, and the tokens of each line behind it."""
    lengths = [len(ids) for _, _, ids in paired.example.targets]
    return collate_causal([paired.example], pad), lengths


def preference_loss(
    now: Tensor, before: Tensor, paired: Paired, beta: float, likelihood: float
) -> tuple[Tensor, int, int]:
    """The summed loss of the pairs and of all that is preferred; how many pairs there are, and are told right.

    ``now`` and ``before`` [lines]: log-probabilities by the model and by the one that it began as.
    """
    chosen = torch.tensor(paired.pairs, dtype=torch.long)
    gain = now - before
    margins = gain[chosen] - gain[chosen + 1]
    rejected = {place + 1 for place in paired.pairs}
    preferred = [place for place in range(len(now)) if place not in rejected]
    sizes = torch.tensor([len(paired.example.targets[place][2]) for place in preferred])
    loss = -functional.logsigmoid(beta * margins).sum() - likelihood * (now[preferred] / sizes).sum()
    return loss, len(chosen), int((margins > 0).sum())
