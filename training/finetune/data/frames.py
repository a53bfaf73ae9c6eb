"""What stands around an encoder-decoder's texts in training, in token ids: what serving puts there too.

``summarizer.backends.frames`` finds it from configuration and tokenizer; this file reads both from a folder or a hub,
before any weights, and sets mBART's language to Arabic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.frames import find_frame
from summarizer.errors import BackendError, ConfigError

LANGUAGE = "ar_AR"
"""mBART's code for Arabic."""


@dataclass(frozen=True, slots=True)
class IdFrame:
    """Ids before and after a source, and those that a decoder begins with (see ``summarizer.backends.frames``)."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    start: tuple[int, ...]

    def source(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        """What the encoder reads."""
        return (*self.before, *ids, *self.after)

    def target(self, ids: tuple[int, ...], end: int) -> tuple[int, ...]:
        """What the decoder is to write after the first start token, any others of these included."""
        return (*self.start[1:], *ids, end)


def set_language(tokenizer: Any) -> dict[str, int]:
    """Make an mBART tokenizer Arabic; returns the ids its configuration lacks for that (of others: none)."""
    if not hasattr(tokenizer, "src_lang") or LANGUAGE not in tokenizer.get_vocab():
        return {}
    tokenizer.src_lang = tokenizer.tgt_lang = LANGUAGE
    code = int(tokenizer.convert_tokens_to_ids(LANGUAGE))
    if code in tokenizer.prefix_tokens:  # mBART-50
        return {"decoder_start_token_id": int(tokenizer.eos_token_id), "forced_bos_token_id": code}
    return {"decoder_start_token_id": code}


def read_frame(checkpoint: str, tokenizer: Any) -> IdFrame:
    """The frame of a checkpoint (folder or hub id); :class:`ConfigError` when its configuration does not tell it."""
    config = {**read_configuration(checkpoint), **set_language(tokenizer)}
    texts = TextTokenizer(tokenizer.backend_tokenizer.to_str().encode())
    try:
        frame = find_frame(config, texts)
    except BackendError as error:
        raise ConfigError(
            expected=f"a checkpoint that says how its texts begin: {error.expected}",
            got=f"{error.got} in {checkpoint}",
            hint=str(error.hint),
        ) from error
    before, after, start = (tuple(map(texts.id_of, part)) for part in (frame.before, frame.after, frame.start))
    return IdFrame(before, after, start)


def read_configuration(checkpoint: str) -> Mapping[str, Any]:
    """``config.json`` with what ``generation_config.json`` says over it; defaults of the model's kind under both."""
    from transformers import AutoConfig, GenerationConfig, PreTrainedConfig

    written: dict[str, Any] = PreTrainedConfig.get_config_dict(checkpoint)[0]
    config = {**AutoConfig.from_pretrained(checkpoint, trust_remote_code=False).to_dict(), **written}
    try:
        generation: dict[str, Any] = GenerationConfig.from_pretrained(checkpoint).to_diff_dict()
    except OSError:
        return config
    return {**config, **{key: value for key, value in generation.items() if value is not None}}
