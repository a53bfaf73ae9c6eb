"""An encoder-decoder made of a decoder: which layers stand where, and that it is served."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

from summarizer.backends.base import load_backend
from summarizer.config import Decoding
from summarizer.errors import ConfigError
from summarizer.schema import Request, Task
from tests.tiny_checkpoints import SENTENCES, make_gemma
from tests.tiny_seq2seq import make_bart
from training.encoder_decoder import main, make_encoder_decoder
from training.export.agreement import as_passage
from training.warmstart.bert_to_bart import spread


@pytest.fixture(scope="module")
def gemma(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_gemma(tmp_path_factory.mktemp("gemma") / "base")
    for name in ("NOTICE", "GEMMA_TERMS.html"):
        (folder / name).write_text("whose it is", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("layers", "count", "origins"),
    [(6, 6, [0, 1, 2, 3, 4, 5]), (6, 3, [0, 2, 5]), (6, 1, [0]), (18, 4, [0, 6, 11, 17])],
)
def test_layers_are_spread(layers: int, count: int, origins: list[int]) -> None:
    assert spread(layers, count) == origins


@pytest.mark.parametrize("encoder_layers", [2, 6])
def test_one_token_is_encoded_as_the_decoder_read_it(gemma: Path, tmp_path: Path, encoder_layers: int) -> None:
    """Of one token both ways are one: what the encoder says of it is what Gemma's next layer begins with."""
    make_encoder_decoder(gemma, tmp_path / "made", encoder_layers)
    model = AutoModelForSeq2SeqLM.from_pretrained(tmp_path / "made", dtype=torch.float32).eval()
    base = AutoModelForCausalLM.from_pretrained(gemma, dtype=torch.bfloat16).float().eval()
    ids = torch.tensor([[40]])
    with torch.no_grad():
        said = model.get_encoder()(ids).last_hidden_state
        states = base.model(ids, output_hidden_states=True).hidden_states
        # The last of ``hidden_states`` is normed already.
        known = base.model.layers[2].input_layernorm(states[2]) if encoder_layers == 2 else states[-1]
    # Gemma rounds the factor of its embeddings to bfloat16.
    assert torch.allclose(said, known, atol=2e-3)


def test_the_decoder_has_the_layers_asked_for(gemma: Path, tmp_path: Path) -> None:
    make_encoder_decoder(gemma, tmp_path / "made", 1, 3)
    decoder = AutoModelForSeq2SeqLM.from_pretrained(tmp_path / "made", dtype=torch.float32).get_decoder()
    base = AutoModelForCausalLM.from_pretrained(gemma, dtype=torch.bfloat16).float()
    assert decoder.config.layer_types == [base.config.layer_types[origin] for origin in (0, 2, 5)]
    for layer, origin in zip(decoder.layers, (0, 2, 5), strict=True):
        assert torch.equal(layer.mlp.up_proj.weight, base.model.layers[origin].mlp.up_proj.weight)
        assert torch.equal(layer.self_attn.q_norm.weight, base.model.layers[origin].self_attn.q_norm.weight)


def test_what_is_made_is_served(gemma: Path, tmp_path: Path) -> None:
    assert main([str(gemma), "--to", str(tmp_path / "made"), "--encoder-layers", "2"]) == 0
    assert (tmp_path / "made" / "NOTICE").read_text("utf-8") == "whose it is"
    assert (tmp_path / "made" / "GEMMA_TERMS.html").is_file()
    request = Request(Task.HEADLINE, as_passage(SENTENCES[0]), 14)
    (found,) = load_backend(str(tmp_path / "made")).hypotheses([request], Decoding(1, 1, 8))  # type: ignore[attr-defined]
    assert found[0].ids


def test_what_cannot_be_made_is_refused(gemma: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ConfigError, match="1 to 6 layers"):
        make_encoder_decoder(gemma, tmp_path / "made", 7)
    with pytest.raises(ConfigError, match="decoder-only"):
        make_encoder_decoder(make_bart(tmp_path / "bart"), tmp_path / "made", 1)
    assert not (tmp_path / "made").exists()
    assert main([str(gemma), "--to", str(gemma), "--encoder-layers", "1"]) == ConfigError.exit_code
    assert "does not exist yet" in capsys.readouterr().err
