"""A transformers checkpoint as CTranslate2 files, with the traits that the converter would get wrong set right.

- Gemma 3: CTranslate2 scales attention by the size of a head and knows two bases of rotary positions: a configuration
  that says otherwise is refused, since its export would write something else.
- MBart is pre-norm and BART post-norm in transformers whatever ``normalize_before`` says, and a configuration that
  was saved again may lack it: it is set to what transformers does.
- T5Gemma 2's encoder sees half a sliding window to each side, CTranslate2's all: longer sources are refused.
- T5 scales its last layer's output by d^-0.5, T5 1.1 and mT5 do not. CTranslate2 asks ``tie_word_embeddings``, which
  transformers 5 sets for all of them: probabilities, and so beams, would be wrong while greedy texts looked right.
- Rows that a T5 table has beyond its tokenizer get names of their own: CTranslate2 names them ``<extra_id_…>`` twice.
- The start token of an encoder-decoder is written as the checkpoint has it, not guessed from ``tokenizer_class``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from summarizer.backends.engines.ctranslate import MERGED_ATTENTION
from summarizer.backends.files.checkpoint import read_config
from summarizer.backends.prompt import LISTED, LISTED_TOKENS, PromptFormat
from summarizer.errors import BackendError, ConfigError
from training.export.smooth import smooth_gemma

PRE_NORM: Mapping[str, bool] = {"mbart": True, "bart": False}
"""``model_type`` → whether transformers normalises before its blocks."""

_ROPE = {"full_attention": 1_000_000.0, "sliding_attention": 10_000.0}
"""The bases that CTranslate2's Gemma 3 converter falls back to with transformers 5."""


def convert(
    checkpoint: Path, folder: Path, quantization: str, prompt: PromptFormat, calibration: Sequence[Sequence[int]] = ()
) -> list[str]:
    """Write ``model.bin``, ``config.json`` and the vocabulary to the new ``folder``; returns their names.

    ``quantization``: ``int8``, ``int16`` or ``float32`` (floats are 32 bits on a CPU). ``calibration``: token ids as
    the model reads and writes them; with them, a Gemma is smoothed before it becomes int8. Raises
    :class:`ConfigError` for a checkpoint that CTranslate2 would not run as transformers does, :class:`BackendError`
    when it cannot convert it.
    """
    config = read_config(checkpoint)
    check_traits(config, prompt)
    try:
        smooth = quantization == "int8" and config["model_type"] == "gemma3_text"
        _converter(checkpoint, config, calibration if smooth else ()).convert(str(folder), quantization=quantization)
    except (ValueError, RuntimeError, AttributeError, KeyError, NotImplementedError) as error:
        raise BackendError(
            expected="a checkpoint that CTranslate2 converts", got=repr(error), hint="serve it on transformers"
        ) from error
    if prompt.family == "seq2seq":
        more = {MERGED_ATTENTION: True} if config["model_type"] == "t5gemma2" else {}
        _rewrite(folder / "config.json", lambda table: _special_tokens(table, prompt) | more)
        _rewrite(folder / "shared_vocabulary.json", _unique)
    return sorted(path.name for path in folder.iterdir())


def check_traits(config: Mapping[str, Any], prompt: PromptFormat) -> None:
    """Raise :class:`ConfigError` when a checkpoint's configuration asks for what CTranslate2 does not do."""
    if config["model_type"] in PRE_NORM:
        _check_positions(int(config["max_position_embeddings"]), prompt)
    if config["model_type"] == "t5gemma2":
        _check_half_window(int(config["encoder"]["text_config"]["sliding_window"]), prompt)
    if config["model_type"] != "gemma3_text":
        return
    window = int(config["sliding_window"])
    bases = {kind: config["rope_parameters"][kind]["rope_theta"] for kind in _ROPE}
    for wrong, expected, got in (
        (
            prompt.most_tokens > window,
            f"source and text within the sliding window of {window} tokens",
            f"{prompt.most_tokens} tokens",
        ),
        (bases != _ROPE, f"rotary bases {_ROPE}", str(bases)),
        (
            config["query_pre_attn_scalar"] != config["head_dim"],
            "attention scaled by the size of a head",
            f"query_pre_attn_scalar {config['query_pre_attn_scalar']}, head_dim {config['head_dim']}",
        ),
    ):
        if wrong:
            raise ConfigError(expected=expected, got=got, hint="serve it on transformers, or lower max_source_tokens")


def _check_half_window(window: int, prompt: PromptFormat) -> None:
    """T5Gemma 2's encoder sees half a window to each side; CTranslate2 4.8 does not draw that line."""
    source, text = _most_tokens(prompt)
    if source > (window + 1) // 2 or text > window:
        raise ConfigError(
            expected=f"a source within half the sliding window of {window} tokens, and a text within it",
            got=f"{source} and {text} tokens",
            hint="--max-source-tokens; or serve the checkpoint's folder itself: the transformers engine takes it",
        )


def _check_positions(positions: int, prompt: PromptFormat) -> None:
    source, text = _most_tokens(prompt)
    if max(source, text) > positions:
        raise ConfigError(
            expected=f"source and text within {positions} positions",
            got=f"{source} and {text} tokens",
            hint=f"--max-source-tokens {positions - source + prompt.max_source_tokens} or less"
            if source > positions
            else "serve it on transformers",
        )


def _most_tokens(prompt: PromptFormat) -> tuple[int, int]:
    """How long a framed source and a text of an encoder-decoder may become."""
    source = len(prompt.before) + prompt.max_source_tokens + len(prompt.after)
    written = LISTED_TOKENS if LISTED in prompt.tasks else 0
    return source, len(prompt.start) + max(prompt.decoding.max_new_tokens, written)


def _rewrite(path: Path, change: Callable[[Any], Any]) -> None:
    table = change(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _special_tokens(table: dict[str, Any], prompt: PromptFormat) -> dict[str, Any]:
    """The start token as the checkpoint has it. mBART-50's tokenizer names no begin token, which cannot be read."""
    return {**table, "decoder_start_token": prompt.start[0], "bos_token": table["bos_token"] or prompt.end}


def _unique(tokens: list[str]) -> list[str]:
    """The same tokens, those that occurred before renamed after their row."""
    first = {token: row for row, token in reversed(list(enumerate(tokens)))}
    return [token if first[token] == row else f"<row_{row}>" for row, token in enumerate(tokens)]


def _converter(checkpoint: Path, config: Mapping[str, Any], calibration: Sequence[Sequence[int]]) -> Any:
    try:
        from ctranslate2.converters import TransformersConverter
    except ImportError as error:
        raise ConfigError(
            expected="ctranslate2 and transformers",
            got=str(error),
            hint='in a clone: pip install -c constraints.txt ".[train]"',
        ) from error

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
            import torch

            model = model_class.from_pretrained(path, **{**options, "dtype": torch.float32})
            if config["model_type"] in PRE_NORM:
                model.config.normalize_before = PRE_NORM[config["model_type"]]
            if config["model_type"] in ("t5", "mt5"):
                model.config.tie_word_embeddings = bool(getattr(model.config, "scale_decoder_outputs", False))
            if calibration:
                smooth_gemma(model, calibration)
            return model

    return Converter(str(checkpoint))
