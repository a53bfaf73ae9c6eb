"""The transformers engine: any checkpoint of both families, on CPU or GPU, slower and heavier than an export.

torch and transformers are imported when an engine is opened, not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.engines.base import Hypothesis, Prompt, batches_by_length, shares
from summarizer.backends.prompt import Family
from summarizer.config import Decoding
from summarizer.errors import BackendError

_MAX_BATCH_TOKENS = {"cpu": 4096, "cuda": 65536}
_INSTALL = "in a clone: pip install -c constraints.txt '.[train]', or export the checkpoint with training.export"


class TransformersEngine:
    """Writes with ``generate()`` of a transformers model."""

    def __init__(self, model: Any, family: Family, end: int, pad: int) -> None:
        """``end`` and ``pad``: ids of the end token and of the one that fills short lines."""
        self.model, self.family, self._end, self._pad = model, family, end, pad
        # What a checkpoint brings (lengths, penalties, forced tokens) has no say: generate() would merge it.
        model.generation_config = _generation_config(eos_token_id=end, pad_token_id=pad, decoder_start_token_id=end)

    def write(self, prompts: Sequence[Prompt], decoding: Decoding) -> list[list[Hypothesis]]:
        """See :class:`summarizer.backends.engines.base.Engine`. Sampling repeats itself for equal prompts and seed."""
        import torch

        written: list[list[Hypothesis]] = [[] for _ in prompts]
        limit = _MAX_BATCH_TOKENS["cuda" if self.model.device.type == "cuda" else "cpu"]
        with torch.inference_mode(), torch.random.fork_rng():
            torch.manual_seed(decoding.seed)
            for places in batches_by_length(prompts, limit):
                results = self._batch([prompts[place] for place in places], decoding)
                for place, hypotheses in zip(places, results, strict=True):
                    written[place] = hypotheses
        return written

    def compare(self, prompts: Sequence[Prompt], one: int, other: int) -> list[float]:
        """See :class:`summarizer.backends.engines.base.Comparer`; for decoder-only models."""
        logits = self._logits(prompts, (one, other))
        return [float(odds) for odds in logits[:, 0] - logits[:, 1]]

    def weigh(self, prompts: Sequence[Prompt], answers: Sequence[int]) -> NDArray[np.float32]:
        """See :class:`summarizer.backends.engines.base.Weigher`; for decoder-only models."""
        return shares(self._logits(prompts, answers))

    def likelihoods(
        self, contexts: Sequence[tuple[int, ...]], texts: Sequence[Sequence[tuple[int, ...]]]
    ) -> list[list[tuple[float, ...]]]:
        """See :class:`summarizer.backends.engines.base.Reader`; for decoder-only models."""
        import torch

        found: list[list[tuple[float, ...]]] = []
        with torch.inference_mode():
            for context, ways in zip(contexts, texts, strict=True):
                inputs = self._padded([context + way for way in ways], left=False)
                logits = self.model(**inputs).logits[:, len(context) - 1 : -1].float()  # [B, T, V]
                said = inputs["input_ids"][:, len(context) :, None]
                told = logits.log_softmax(-1).gather(-1, said)[..., 0].tolist()
                found.append([tuple(row[: len(way)]) for row, way in zip(told, ways, strict=True)])
        return found

    def _logits(self, prompts: Sequence[Prompt], tokens: Sequence[int]) -> NDArray[np.float32]:
        """The logits [prompts, tokens] behind each prompt."""
        import torch

        found = np.zeros((len(prompts), len(tokens)), np.float32)
        limit = _MAX_BATCH_TOKENS["cuda" if self.model.device.type == "cuda" else "cpu"]
        with torch.inference_mode():
            for places in batches_by_length(prompts, limit):
                inputs = self._padded([prompts[place].source + prompts[place].start for place in places], left=True)
                positions = (inputs["attention_mask"].cumsum(-1) - 1).clamp(min=0)  # [B, T]
                last = self.model(**inputs, position_ids=positions, logits_to_keep=1).logits[:, -1].float()  # [B, V]
                found[places] = last[:, list(tokens)].cpu().numpy()
        return found

    def _batch(self, prompts: Sequence[Prompt], decoding: Decoding) -> list[list[Hypothesis]]:
        search = _search(decoding)
        inputs, skip = self._inputs(prompts)
        output = self.model.generate(
            **inputs,
            generation_config=_generation_config(
                max_new_tokens=max(prompt.max_new_tokens for prompt in prompts),
                eos_token_id=self._end,
                pad_token_id=self._pad,
                decoder_start_token_id=prompts[0].start[0],
                return_dict_in_generate=True,
                output_scores=True,
                **search,
            ),
            # Forced start tokens count as written, as CTranslate2 counts them.
            logits_processor=_processors(decoding, skip if self.family == "causal" else 1),
        )
        # Of a search the scores are log-probabilities already.
        scores = self.model.compute_transition_scores(
            output.sequences,
            output.scores,
            getattr(output, "beam_indices", None),
            normalize_logits=decoding.beam == 1,
        )  # [B * hypotheses, new tokens]
        rows = [
            self._hypothesis(ids, row)
            for ids, row in zip(output.sequences[:, skip:].tolist(), scores.tolist(), strict=True)
        ]
        each = search["num_return_sequences"]
        return [sorted(rows[start : start + each], key=lambda row: -row.score) for start in range(0, len(rows), each)]

    def _inputs(self, prompts: Sequence[Prompt]) -> tuple[dict[str, Any], int]:
        """The tensors for ``generate``, and how many tokens of its output are not new."""
        if self.family == "causal":
            ids = self._padded([prompt.source + prompt.start for prompt in prompts], left=True)
            return ids, int(ids["input_ids"].shape[1])
        import torch

        starts = torch.tensor([prompt.start for prompt in prompts], device=self.model.device)
        ids = self._padded([prompt.source for prompt in prompts], left=False)
        return {**ids, "decoder_input_ids": starts}, starts.shape[1]

    def _padded(self, lines: Sequence[Sequence[int]], left: bool) -> dict[str, Any]:
        """``input_ids`` and ``attention_mask``, both [B, T]."""
        import torch

        width = max(map(len, lines))
        fill = [[self._pad] * (width - len(line)) for line in lines]
        rows = [[*pad, *line] if left else [*line, *pad] for pad, line in zip(fill, lines, strict=True)]
        real = [
            [0] * len(pad) + [1] * len(line) if left else [1] * len(line) + [0] * len(pad)
            for pad, line in zip(fill, lines, strict=True)
        ]
        device = self.model.device
        return {
            "input_ids": torch.tensor(rows, device=device),
            "attention_mask": torch.tensor(real, device=device),
        }

    def _hypothesis(self, ids: Sequence[int], scores: Sequence[float]) -> Hypothesis:
        ended = self._end in ids
        length = ids.index(self._end) if ended else len(ids)
        counted = scores[: length + ended]
        return Hypothesis(tuple(ids[:length]), sum(counted) / max(1, len(counted)), ended)


def open_model(path: str, family: Family, precision: str = "auto") -> Any:
    """The model at a folder or hub id, on the GPU when there is one; safetensors only, no remote code.

    ``precision``: ``float32``, or ``auto``, which is bfloat16 on a GPU.

    ``BackendError`` when it cannot be loaded.
    """
    try:
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM
    except ImportError as error:
        raise BackendError(expected="torch and transformers", got=str(error), hint=_INSTALL) from error
    cuda = torch.cuda.is_available()
    kind = AutoModelForCausalLM if family == "causal" else AutoModelForSeq2SeqLM
    try:
        # Plain matrix products: fused attention is slower on CPUs with heads of 256.
        model: Any = kind.from_pretrained(
            path,
            dtype=torch.bfloat16 if cuda and precision == "auto" else torch.float32,
            attn_implementation="sdpa" if cuda else "eager",
            use_safetensors=True,
            trust_remote_code=False,
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise BackendError(
            expected=f"a {family} checkpoint in safetensors", got=f"{path}: {_first_line(error)}", hint="check the path"
        ) from error
    model.eval()
    if cuda:
        model.to("cuda")
    return model


def _search(decoding: Decoding) -> dict[str, Any]:
    sampling = decoding.beam == 1 and decoding.candidates > 1
    return {
        "num_beams": decoding.beam,
        "num_return_sequences": decoding.candidates if sampling else min(decoding.candidates, decoding.beam),
        "do_sample": sampling,
        # As CTranslate2: a search is over when as many texts have ended as it has beams.
        "early_stopping": decoding.beam > 1,
        **({"temperature": decoding.temperature, "top_k": 0} if sampling else {}),
    }


def _generation_config(**options: Any) -> Any:
    import transformers

    make: Any = transformers.GenerationConfig
    return make(**options)


def _processors(decoding: Decoding, skip: int) -> Any:
    """No-repeat and penalty over the new tokens alone: a text may say what its source says."""
    from transformers import (
        LogitsProcessor,
        LogitsProcessorList,
        NoRepeatNGramLogitsProcessor,
        RepetitionPenaltyLogitsProcessor,
    )

    class OnNewTokens(LogitsProcessor):
        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def __call__(self, input_ids: Any, scores: Any) -> Any:
            return self.inner(input_ids[:, skip:], scores)

    inner: list[Any] = []
    if decoding.no_repeat_ngram:
        inner.append(NoRepeatNGramLogitsProcessor(decoding.no_repeat_ngram))
    if decoding.repetition_penalty != 1.0:
        inner.append(RepetitionPenaltyLogitsProcessor(decoding.repetition_penalty))
    return LogitsProcessorList(OnNewTokens(one) for one in inner)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [repr(error)])[0]
