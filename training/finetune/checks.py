"""What would go wrong with a checkpoint later, or silently: told before a step is taken.

transformers fills in for what a folder lacks. Without tokenizer files it makes a tokenizer of a few dozen tokens, and
without some weights it draws them at random: a run on either costs its hours and learns nothing of use.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError
from training.finetune.data.frames import IdFrame
from training.finetune.recipe import Recipe

ENCODERS = frozenset({"bert", "roberta", "xlm-roberta", "camembert", "electra", "distilbert", "deberta-v2", "albert"})
"""Kinds of models that have no decoder, by ``model_type``."""

TOKENIZER_FILES = ("tokenizer.json", "*.model", "vocab.json", "vocab.txt")

SPARE_ROWS, SPARE_SHARE = 512, 0.1
"""A table of embeddings may be longer than its tokenizer, for round numbers: T5's by 28 rows, Gemma's by 63."""


def refuse_kind(kind: str, known: Collection[str], checkpoint: str) -> ConfigError:
    """The error for a ``model_type`` that cannot be trained here."""
    encoder = kind in ENCODERS
    return ConfigError(
        expected=f"a model of {', '.join(sorted(known))}",
        got=f"{checkpoint}: {kind}" + (", an encoder that cannot write" if encoder else ""),
        hint="name a checkpoint that writes, such as moussaKam/AraBART" if encoder else "see docs/families.md",
    )


def check_family(found: str, wanted: str, checkpoint: str) -> None:
    """A recipe may say which family it is for: its batches and rates are meant for that one."""
    names = {"causal": "a decoder-only model", "seq2seq": "an encoder-decoder"}
    if wanted and wanted != found:
        raise ConfigError(
            expected=f"{names[wanted]}, as the recipe says (family = {wanted!r})",
            got=f"{checkpoint}: {names[found]}",
            hint="name another checkpoint, or take a recipe for this one: mujaz-270m.toml, arabart.toml, mt5-base.toml",
        )


def check_tokenizer_files(checkpoint: str) -> None:
    """A local folder must bring a tokenizer (a hub is asked for one when it is loaded)."""
    folder = Path(checkpoint)
    if folder.is_dir() and not any(path for name in TOKENIZER_FILES for path in folder.glob(name)):
        raise ConfigError(
            expected=f"one of {', '.join(TOKENIZER_FILES)}",
            got=f"no tokenizer in {checkpoint}",
            hint="copy it from where the weights came from",
        )


def check_vocabulary(tokenizer: Any, rows: int, controls: Collection[str], checkpoint: str) -> None:
    """Tokenizer and table of embeddings must be of one size, and ``controls`` tokens of their own."""
    ids = [tokenizer.convert_tokens_to_ids(token) for token in controls]
    spare = rows - len(tokenizer)
    if spare < 0 or spare > max(SPARE_ROWS, SPARE_SHARE * rows) or not tokenizer.is_fast:
        raise ConfigError(
            expected=f"a fast tokenizer of at most {rows} tokens, and not many fewer",
            got=f"{type(tokenizer).__name__} of {len(tokenizer)} tokens in {checkpoint}",
            hint="take tokenizer and weights from one checkpoint",
        )
    if None in ids or tokenizer.unk_token_id in ids:
        raise ConfigError(
            expected=f"a tokenizer with the control tokens {', '.join(controls)}",
            got=f"{type(tokenizer).__name__} without them in {checkpoint}",
            hint="training.warmstart makes a checkpoint that has them",
        )


def check_weights(missing: Collection[str], checkpoint: str) -> None:
    """No weight may be drawn at random."""
    if missing:
        raise ConfigError(
            expected="weights of the model that config.json describes",
            got=f"{checkpoint} without {len(missing)} of them, such as {min(missing)}",
            hint="take configuration and weights from one checkpoint, saved with its output layer",
        )


def check_lengths(config: Any, frame: IdFrame | None, recipe: Recipe) -> None:
    """Sources and texts must fit the positions; a tokenizer's ``model_max_length`` (AraBART's is 1e30) is no answer."""
    positions = getattr(config, "max_position_embeddings", None)
    if positions is None or frame is None:
        return
    source = recipe.max_source_tokens + len(frame.before) + len(frame.after)
    text = recipe.max_target_tokens + len(frame.start)
    if max(source, text) > positions:
        raise ConfigError(
            expected=f"sources and texts within the model's {positions} positions",
            got=f"{source} and {text} tokens with their special tokens",
            hint=f"lower max_source_tokens to {positions - len(frame.before) - len(frame.after)} or less"
            if source > positions
            else "lower max_target_tokens",
        )
