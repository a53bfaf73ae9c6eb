"""Training and serving put the same tokens around a text, family by family, and train what serving will ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from summarizer.backends.files.checkpoint import prompt_format, read_config, read_tokenizer
from summarizer.errors import ConfigError
from summarizer.schema import Passage, Request, Sentence, Span, Task
from tests.tiny_checkpoints import SENTENCES, make_mbart
from tests.tiny_seq2seq import FAMILIES, as_trained
from training.finetune.data.batches import MASKED, collate
from training.finetune.data.examples import Encoder, Example, Row
from training.finetune.models import Loaded, load, summed_loss


@pytest.fixture(scope="module", params=FAMILIES)
def raw(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint as it comes from a hub."""
    return FAMILIES[request.param](tmp_path_factory.mktemp(request.param) / "raw")


def encoded(loaded: Loaded, source: str, target: str) -> Example:
    encoder = Encoder(loaded.tokenizer, loaded.family, 100, 60, frame=loaded.frame)
    (example,) = encoder.encode(Row("1", "bbc", source, {"headline": target}))
    return example


def test_a_model_is_asked_as_it_was_trained(raw: Path, tmp_path: Path) -> None:
    loaded = load(str(raw), "float32")
    example = encoded(loaded, SENTENCES[0], SENTENCES[1])
    folder = as_trained(raw, tmp_path / "saved")
    config = read_config(folder)
    tokenizer = read_tokenizer(folder, config)
    prompt = prompt_format(folder, config, tokenizer)
    # Deferred: a family's own module says how its prompts are made.
    from summarizer.backends.seq2seq import make_prompt

    passage = Passage((Sentence(Span(0, 1), SENTENCES[0], 0),))
    asked = make_prompt(Request(Task.HEADLINE, passage, 14), prompt, tokenizer, 20)
    assert example.source == asked.source
    start = loaded.model.generation_config.decoder_start_token_id
    text = tuple(tokenizer.encode(" " + SENTENCES[1])[0])
    assert (start, *example.targets[0][2]) == (*asked.start, *text, tokenizer.id_of(prompt.end))
    again = load(str(folder), "float32")
    assert again.frame == loaded.frame


def test_the_loss_is_that_of_the_next_token(raw: Path) -> None:
    """Against the plain model, text by text: what the decoder reads before each token is the tokens before it."""
    loaded = load(str(raw), "float32")
    loaded.model.eval()
    examples = [encoded(loaded, SENTENCES[i], SENTENCES[i + 1]) for i in (0, 4)]
    expected = 0.0
    for example in examples:
        labels = example.targets[0][2]
        start = loaded.model.generation_config.decoder_start_token_id
        with torch.no_grad():
            logits = loaded.model(
                input_ids=torch.tensor([example.source]), decoder_input_ids=torch.tensor([[start, *labels[:-1]]])
            ).logits[0]
        expected += torch.nn.functional.cross_entropy(logits, torch.tensor(labels), reduction="sum").item()
    loss, tokens = summed_loss(loaded, collate(examples, loaded.pad, loaded.family))
    assert tokens == sum(len(example.targets[0][2]) for example in examples)
    assert loss.item() == pytest.approx(expected, rel=1e-4)
    assert MASKED not in examples[0].targets[0][2]


def test_a_checkpoint_that_names_no_start_token(tmp_path: Path) -> None:
    folder = make_mbart(tmp_path / "barthez")
    for name in ("config.json", "generation_config.json"):
        path = folder / name
        path.write_text(
            path.read_text("utf-8").replace('"decoder_start_token_id": 2', '"decoder_start_token_id": null')
        )
    with pytest.raises(ConfigError, match="decoder_start_token_id"):
        load(str(folder), "float32")
