"""Decoder-only models: ``<bos> SOURCE <task> TEXT <eos>``."""

from __future__ import annotations

from summarizer.backends.engines.base import Prompt
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.prompt import PromptFormat, VerifyTokens, source_ids
from summarizer.schema import Passage, Request


def make_prompt(request: Request, prompt: PromptFormat, tokenizer: TextTokenizer, max_new_tokens: int) -> Prompt:
    """Ids of ``<bos> SOURCE`` and of the task's control token."""
    source = source_ids(request.passage, "", tokenizer, prompt.max_source_tokens)
    before = tuple(tokenizer.id_of(token) for token in prompt.before)
    return Prompt((*before, *source), (tokenizer.id_of(prompt.tasks[request.task]),), max_new_tokens)


def verify_prompt(
    passage: Passage, statement: str, prompt: PromptFormat, asked: VerifyTokens, tokenizer: TextTokenizer
) -> Prompt:
    """Ids of ``<bos> SOURCE`` and of ``<statement> STATEMENT <ask>``, behind which the model says yes or no."""
    source = source_ids(passage, "", tokenizer, prompt.max_source_tokens)
    before = tuple(tokenizer.id_of(token) for token in prompt.before)
    # As in training: a statement is read no further than a text may be written.
    words = tokenizer.encode(" " + " ".join(statement.split()))[0][: prompt.decoding.max_new_tokens]
    start = (tokenizer.id_of(asked.statement), *words, tokenizer.id_of(asked.ask))
    return Prompt((*before, *source), start, 1)
