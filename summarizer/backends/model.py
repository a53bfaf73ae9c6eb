"""A backend that is a model: requests to prompts, prompts through an engine, its hypotheses to candidates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summarizer.backends import causal
from summarizer.backends.asks import Asker
from summarizer.backends.candidates import listed_candidates, make_candidates
from summarizer.backends.editor import SubEditor
from summarizer.backends.engines.base import Comparer, Engine, Hypothesis, Mixer, Prompt, Weigher, write_mixed
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.grounding import Grounding
from summarizer.backends.prompt import LISTED, LISTED_TOKENS, PromptFormat, tokens_for
from summarizer.config import Decoding
from summarizer.schema import Candidate, Passage, Request

MakePrompt = Callable[[Request, PromptFormat, TextTokenizer, int], Prompt]
"""One function a family: the request, how to ask, the tokenizer, and the most new tokens that may be written."""


class ModelBackend:
    """Candidates of one model, whatever its family and engine."""

    def __init__(
        self, name: str, engine: Engine, tokenizer: TextTokenizer, prompt: PromptFormat, make_prompt: MakePrompt
    ) -> None:
        self._name, self.engine, self.tokenizer, self.prompt = name, engine, tokenizer, prompt
        self.make_prompt = make_prompt
        self._grounding = Grounding(tokenizer, tokenizer.id_of(prompt.end))

    @property
    def name(self) -> str:
        """What ``Brief.model`` says: the model's name and the digest of its files."""
        return self._name

    @property
    def max_source_tokens(self) -> int:
        """How much of a source the model reads, in its own tokens."""
        return self.prompt.max_source_tokens

    def count_tokens(self, text: str) -> int:
        """The length of ``text`` in the model's tokens."""
        return self.tokenizer.count(text)

    @property
    def editor(self) -> SubEditor | None:
        """Asks about the sentences of an article; None for a model that was not trained to be asked."""
        if self.prompt.asks is None or not isinstance(self.engine, Weigher):
            return None
        return SubEditor(self.engine, self.asker, self.tokenizer.decode)

    @property
    def asker(self) -> Asker:
        """The questions about sentences in this model's tokens."""

        def encode(text: str) -> Sequence[int]:
            return self.tokenizer.encode(text)[0]

        return Asker(encode, self.tokenizer.id_of, self.prompt.tasks, self.prompt.before, self.prompt.asks)

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """Candidates in whole sentences for each request, best first; scores are mean log-probabilities a token."""
        written = self.hypotheses(requests, decoding)
        return [self._candidates(request, found) for request, found in zip(requests, written, strict=True)]

    def _candidates(self, request: Request, found: Sequence[Hypothesis]) -> tuple[Candidate, ...]:
        if request.listed:
            return listed_candidates(found, self.tokenizer.decode, self.prompt.family)
        return make_candidates(found, self.tokenizer.decode, request.max_words, self.prompt.family)

    @property
    def lists(self) -> bool:
        """True for a model that learned to write all bullets of a body in one go."""
        return LISTED in self.prompt.tasks

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> list[float] | None:
        """Log P(yes) - log P(no) of each statement against its passage; None for a model that does not verify."""
        asked = self.prompt.verify
        if asked is None or not isinstance(self.engine, Comparer):
            return None
        prompts = [
            causal.verify_prompt(passage, text, self.prompt, asked, self.tokenizer) for passage, text in statements
        ]
        return self.engine.compare(prompts, self.tokenizer.id_of(asked.yes), self.tokenizer.id_of(asked.no))

    def hypotheses(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Hypothesis]]:
        """What the engine wrote for each request, as it came: for comparing engines token by token."""
        prompts = [
            self.make_prompt(request, self.prompt, self.tokenizer, _limit(request, decoding)) for request in requests
        ]
        decodings = [decoding.of(request.task) for request in requests]
        if not decoding.grounded or not isinstance(self.engine, Mixer):
            return write_mixed(self.engine, prompts, decodings)
        return self.engine.write_each(
            prompts, decodings, [self._grounding.allowed(one.passage.text) for one in requests]
        )


def _limit(request: Request, decoding: Decoding) -> int:
    """The most tokens to write for so many words, or for all bullets."""
    if request.listed:
        return LISTED_TOKENS
    return max(1, min(decoding.max_new_tokens, tokens_for(request.max_words)))
