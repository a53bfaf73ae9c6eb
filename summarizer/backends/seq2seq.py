"""Encoder-decoders (MBart, BART, T5, mT5): the encoder reads ``PREFIX SOURCE </s>``, the decoder writes the text."""

from __future__ import annotations

from summarizer.backends.engines.base import Prompt
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.prompt import LISTED, PromptFormat, source_ids
from summarizer.schema import Request


def make_prompt(request: Request, prompt: PromptFormat, tokenizer: TextTokenizer, max_new_tokens: int) -> Prompt:
    """Ids for the encoder, prefix and special tokens included, and those that the decoder begins with."""
    prefix = prompt.tasks[LISTED if request.listed else request.task]
    source = source_ids(request.passage, prefix, tokenizer, prompt.max_source_tokens)
    before, after, start = (
        tuple(tokenizer.id_of(token) for token in tokens) for tokens in (prompt.before, prompt.after, prompt.start)
    )
    return Prompt((*before, *source, *after), start, max_new_tokens)
