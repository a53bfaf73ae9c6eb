"""What makes a checkpoint folder one that a model hub shows: ``README.md`` with its front matter, generation config.

``training.merge`` and ``training.restore`` write both. The card says where the weights come from, under which terms,
and how a headline is written with transformers alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.backends.files.checkpoint import FAMILIES, prompt_format, read_config, read_tokenizer
from summarizer.backends.prompt import PromptFormat
from summarizer.schema import Task
from training.export.card import table
from training.warmstart.tiny import PREFIX

README = "README.md"
GEMMA = "google/gemma-3-270m"
"""The base of every model that ``training.warmstart`` made."""
_GEMMA_TERMS = "https://ai.google.dev/gemma/terms"
_TAGS = ("arabic", "news", "summarization", "headline-generation")

SNIPPET = """\
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

folder = "{folder}"
article = "أعلنت وزارة الصحة افتتاح مستشفى جديد في المدينة. وقال الوزير إن المستشفى يضم مئتي سرير."
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForCausalLM.from_pretrained(folder)
source = tokenizer("{begin} " + " ".join(article.split()), add_special_tokens=False).input_ids[:{budget}]
ids = torch.tensor([[*source, tokenizer.convert_tokens_to_ids("{task}")]])
written = model.generate(ids)[0, ids.shape[1] :]
print(tokenizer.decode(written, skip_special_tokens=True).strip())
"""
"""Writes a headline; ``docs/model.md`` has it too."""


@dataclass(frozen=True, slots=True)
class Score:
    """A number that was measured: of which metric, in words, and on what."""

    metric: str
    """As hubs name it: ``loss``, ``f1``."""
    name: str
    value: float
    on: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a checkpoint comes from. ``base``: hub id of what it was trained from, empty when there is none."""

    name: str
    made: str
    """A sentence: by which command, from what."""
    base: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    """``corpora`` (name → stated licence) and ``statement``, as in a manifest's ``source``."""
    scores: Sequence[Score] = ()


def base_of(checkpoint: str) -> str:
    """The hub id that a card names for a model trained from ``checkpoint`` (a folder, a hub id, ``random:…``).

    Of a folder it is what its own card names, else that of Gemma for a Gemma; empty when nothing says so.
    """
    if checkpoint.startswith(PREFIX):
        return ""
    folder = Path(checkpoint)
    if not folder.is_dir():
        return checkpoint
    if (folder / README).is_file():
        from huggingface_hub import ModelCard

        named = ModelCard.load(folder / README).data.get("base_model")
        if isinstance(named, str):
            return named
    return GEMMA if str(read_config(folder)["model_type"]).startswith("gemma") else ""


def finish(folder: Path, origin: Origin) -> None:
    """Write ``README.md`` to the checkpoint in ``folder``, and how it is searched to ``generation_config.json``.

    An encoder-decoder keeps the generation config that it was saved with, and its card has no example.
    """
    config = read_config(folder)
    causal = FAMILIES[str(config["model_type"])] == "causal"
    prompt = prompt_format(folder, config, read_tokenizer(folder, config)) if causal else None
    if prompt:
        _save_search(folder, prompt)
    (folder / README).write_text(_front(origin, causal) + "\n" + _body(origin, prompt), encoding="utf-8")


def _save_search(folder: Path, prompt: PromptFormat) -> None:
    """The search of the package. Not its limit on repeated n-grams: here it would count those of the source too."""
    from transformers import GenerationConfig

    kind: Any = GenerationConfig
    config = kind.from_pretrained(folder)
    beam = prompt.decoding.beam
    config.update(
        max_new_tokens=prompt.decoding.max_new_tokens, num_beams=beam, early_stopping=beam > 1, do_sample=False
    )
    # Else transformers takes it for a copy of config.json.
    config._from_model_config = False
    config.save_pretrained(folder)


def _front(origin: Origin, causal: bool) -> str:
    """The YAML between two lines of dashes."""
    from huggingface_hub import EvalResult, ModelCardData

    results = [
        EvalResult(
            task_type="summarization",
            dataset_type="held-out",
            dataset_name=score.on,
            metric_type=score.metric,
            metric_name=score.name,
            metric_value=round(score.value, 4),
        )
        for score in origin.scores
    ]
    data = ModelCardData(
        language=["ar"],
        license="gemma" if "gemma" in origin.base else "other",
        base_model=origin.base or None,
        library_name="transformers",
        pipeline_tag="text-generation" if causal else "summarization",
        tags=list(_TAGS),
        datasets=sorted(origin.data.get("corpora", {})) or None,
        metrics=sorted({score.metric for score in origin.scores}) or None,
        model_name=origin.name,
        eval_results=results or None,
    )
    return f"---\n{data.to_yaml()}\n---\n"


def _body(origin: Origin, prompt: PromptFormat | None) -> str:
    parts = [f"# {origin.name}\n\nWrites Arabic news headlines, standfirsts and bullets. {origin.made}"]
    if prompt:
        parts.append(f"## A headline\n\n```python\n{snippet(prompt, '.')}```\n\n{_asked(prompt)}")
    parts.append("## Data\n\n" + _data(origin.data))
    if origin.scores:
        rows = [(score.name, f"{score.value:.4g}", score.on) for score in origin.scores]
        parts.append("## Scores\n\n" + table(("metric", "value", "on"), rows))
    parts.append("## Licence\n\n" + _licence(origin.base))
    return "\n\n".join(parts) + "\n"


def snippet(prompt: PromptFormat, folder: str) -> str:
    """A program that writes a headline with the checkpoint in ``folder`` by transformers alone."""
    return SNIPPET.format(
        folder=folder,
        begin="".join(prompt.before),
        budget=len(prompt.before) + prompt.max_source_tokens,
        task=prompt.tasks[Task.HEADLINE.value],
    )


def _asked(prompt: PromptFormat) -> str:
    tokens = ", ".join(f"`{token}` for a {task}" for task, token in prompt.tasks.items())
    return (
        f"The token behind the source says what is asked for: {tokens}. Without the checks of `mujaz` a text may say "
        "what the article does not: read it beside the article."
    )


def _data(data: Mapping[str, Any]) -> str:
    said = [str(data["statement"])] if "statement" in data else []
    if corpora := data.get("corpora"):
        said.append(table(("corpus", "stated licence"), sorted(corpora.items())))
    if not said:
        return "Not stated."
    said.append("The texts belong to their publishers and are no part of this folder.")
    return "\n\n".join(said)


def _licence(base: str) -> str:
    if "gemma" in base:
        return (
            f"A Model Derivative of `{base}`. Gemma is provided under and subject to the Gemma Terms of Use found at "
            f"<{_GEMMA_TERMS}>; the use restrictions of their section 3.2 bind whoever uses or passes on these files. "
            "They say nothing about the texts that it learned from, whose licences stand under *Data*."
        )
    return f"That of `{base}`, from which it was trained." if base else "Not stated."
