"""Models of a known shape with random weights, run by transformers: what a newsroom would otherwise deploy.

Only the shape costs time, so no weights are needed: AraBART is an MBart of 6 + 6 layers of 768 and 50,002 tokens
(moussaKam/AraBART, config.json; 139 M parameters), mT5-base has 12 + 12 layers of 768 and 250,112 tokens
(google/mt5-base, config.json; 582 M parameters).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from summarizer.arabic.words import count_words
from summarizer.article.passages import passages
from summarizer.briefing.salience import rank_passages
from summarizer.schema import Article

_BEAM = 4
_MAX_SOURCE_TOKENS = 1024
"""The positions of AraBART."""
_BATCH = 8
"""Prompts generated together; more gains nothing on a CPU."""
_FIRST_ID, _LAST_ID = 10, 1000


class Prompt(NamedTuple):
    """A text to write: so many tokens from so many."""

    source_tokens: int
    new_tokens: int


class ShapedModel:
    """A model of random weights. ``write`` takes as long as one of trained weights that writes as many tokens."""

    def __init__(self, model: Any, device: str) -> None:
        self.model, self.device = model, device

    def write(self, prompts: Sequence[Prompt]) -> None:
        """Generate for all prompts, those of one length of text together, by beams of 4."""
        import torch

        for length in sorted({prompt.new_tokens for prompt in prompts}):
            same = sorted(prompt.source_tokens for prompt in prompts if prompt.new_tokens == length)
            for start in range(0, len(same), _BATCH):
                inputs = {name: value.to(self.device) for name, value in _inputs(same[start : start + _BATCH]).items()}
                with torch.inference_mode():
                    self.model.generate(
                        **inputs, num_beams=_BEAM, do_sample=False, min_new_tokens=length, max_new_tokens=length
                    )


def prompts_of(article: Article, bullets: int, lengths: dict[str, int], tokens_per_word: float) -> list[Prompt]:
    """Headline and standfirst from the article, a bullet from each of its best passages."""
    chosen = rank_passages(passages(article), bullets)
    parts = [("headline", article.body), ("standfirst", article.body)]
    parts += [("bullet", passage.text) for passage in chosen]
    return [
        Prompt(min(_MAX_SOURCE_TOKENS, round(count_words(text) * tokens_per_word)), lengths[part])
        for part, text in parts
    ]


def _inputs(lengths: Sequence[int]) -> dict[str, Any]:
    """Random ids, padded, with their mask."""
    import torch

    chance, width = random.Random(0), max(lengths)
    ids = [[chance.randint(_FIRST_ID, _LAST_ID) for _ in range(size)] + [1] * (width - size) for size in lengths]
    mask = [[1] * size + [0] * (width - size) for size in lengths]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}


def open_shape(name: str, *, tiny: bool) -> ShapedModel:
    """The model of that name, on a GPU when there is one. ``tiny``: two small layers, to try the command."""
    import torch

    torch.manual_seed(0)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return ShapedModel(SHAPES[name](tiny).eval().to(device), device)


def _arabart(tiny: bool) -> Any:
    from transformers import MBartConfig, MBartForConditionalGeneration

    layers, width = (2, 64) if tiny else (6, 768)
    config = MBartConfig(
        vocab_size=1_100 if tiny else 50_002,
        d_model=width,
        encoder_layers=layers,
        decoder_layers=layers,
        encoder_attention_heads=width // 64,
        decoder_attention_heads=width // 64,
        encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width,
        max_position_embeddings=1024,
        decoder_start_token_id=2,
        forced_eos_token_id=None,
    )
    return MBartForConditionalGeneration(config)


def _mt5(tiny: bool) -> Any:
    from transformers import MT5Config, MT5ForConditionalGeneration

    layers, width = (2, 64) if tiny else (12, 768)
    config = MT5Config(
        vocab_size=1_100 if tiny else 250_112,
        d_model=width,
        d_kv=64,
        d_ff=width * 8 // 3,
        num_layers=layers,
        num_decoder_layers=layers,
        num_heads=width // 64,
        decoder_start_token_id=0,
    )
    return MT5ForConditionalGeneration(config)


SHAPES: dict[str, Callable[[bool], Any]] = {"arabart-shape": _arabart, "mt5-base-shape": _mt5}
"""One line a shape."""
