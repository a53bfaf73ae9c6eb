"""Decoder-only models: ``<bos> SOURCE <task> TEXT <eos>``."""

from __future__ import annotations

from summarizer.backends.engine import Prompt
from summarizer.backends.prompt import PromptFormat, source_ids
from summarizer.backends.tokens import TextTokenizer
from summarizer.schema import Request


def make_prompt(request: Request, prompt: PromptFormat, tokenizer: TextTokenizer, max_new_tokens: int) -> Prompt:
    """Ids of ``<bos> SOURCE`` and of the task's control token."""
    source = source_ids(request.passage, "", tokenizer, prompt.max_source_tokens)
    before = tuple(tokenizer.id_of(token) for token in prompt.before)
    return Prompt((*before, *source), (tokenizer.id_of(prompt.tasks[request.task]),), max_new_tokens)
