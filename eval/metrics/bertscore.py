"""BERTScore (Zhang et al. 2020): greedy matching of contextual embeddings. Optional: it needs torch and a model.

No IDF weights and no rescaling against a baseline. Name the encoder and the layer: scores of different ones do not
compare. Nothing is downloaded unless ``model`` names a model of the hub.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from eval.metrics.base import Item, Measurement, PlainMetric, mean_of, references_field
from summarizer.errors import BackendError

_MAX_TOKENS = 512


def bertscore(model: str, layer: int = -1) -> PlainMetric:
    """A metric: BERTScore F with the encoder at path or hub name ``model``, hidden layer ``layer``, best reference."""

    def measure(items: Sequence[Item]) -> Measurement:
        embed = _embedder(model, layer)
        values = [
            100.0 * max(_greedy_f(embed(reference), embed(item.output)) for reference in item.references)
            for item in items
        ]
        name = model.rstrip("/").split("/")[-1]
        fields = {"model": name, "layer": str(layer), "idf": "no", "rescaled": "no"}
        return mean_of(values, **fields, refs=references_field(items), multi="max", avg="macro-f1")

    return measure


def _greedy_f(reference: Any, output: Any) -> float:
    """F of the best match each way; the arguments are unit vectors, (tokens, width)."""
    similar = output @ reference.T  # (output tokens, reference tokens)
    precision, recall = float(similar.max(dim=1).values.mean()), float(similar.max(dim=0).values.mean())
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


@lru_cache(maxsize=2)
def _embedder(model: str, layer: int) -> Callable[[str], Any]:
    """Text to unit vectors (tokens, width), special tokens left out; remembered a text."""
    try:
        import torch
        from transformers import AutoModel, AutoTokenizer

        tokenizer, encoder = AutoTokenizer.from_pretrained(model), AutoModel.from_pretrained(model).eval()
    except (ImportError, OSError, ValueError) as error:
        raise BackendError(
            expected="an encoder for BERTScore",
            got=f"{model}: {str(error).splitlines()[0] if str(error) else type(error).__name__}",
            hint='pass a folder or hub name to --bertscore, with `pip install -e ".[train]"`',
        ) from error

    @lru_cache(maxsize=20_000)
    def embed(text: str) -> Any:
        encoded = tokenizer(
            text, truncation=True, max_length=_MAX_TOKENS, return_tensors="pt", return_special_tokens_mask=True
        )
        special = encoded.pop("special_tokens_mask")[0].bool()
        with torch.inference_mode():
            hidden = encoder(**encoded, output_hidden_states=True).hidden_states[layer][0]  # (tokens, width)
        return torch.nn.functional.normalize(hidden[~special], dim=-1)

    return embed
