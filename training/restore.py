"""From an exported model back to a checkpoint that can be trained on: what the package ships is enough to go on from.

    python -m training.restore summarizer/model --to runs/mujaz-270m
    python -m training.finetune training/recipes/mujaz-270m-cpu-3.toml --model runs/mujaz-270m

Of ``int8`` the weights are what was rounded to eight bits: the model writes as its export does, not quite as the
checkpoint before it did. The folder has a card (``README.md``), the prompt and a generation config, and loads with
transformers alone (docs/model.md). Where an export was smoothed (``export.smooth``) the output layer is the embedding
again.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.engines.onnx.engine import MODEL, WEIGHTS
from summarizer.backends.files.weights import Manifest, read_file, read_files, read_manifest
from summarizer.errors import BackendError, ConfigError
from training.command import guarded
from training.export import readme
from training.export.notices import keep_notice

PROMPT = "prompt.json"
Floats = NDArray[np.float32]
_NORMS = ("SimplifiedLayerNormalization", "SkipSimplifiedLayerNormalization")
_QKV, _OUTPUT, _GATE_UP, _DOWN = range(4)
"""The products of a layer, in the order of the graph."""
_LAYER_NORMS = ("self_attn.q_norm", "self_attn.k_norm", "post_attention_layernorm", "pre_feedforward_layernorm",
                "post_feedforward_layernorm")  # fmt: skip
"""In the order of the graph, behind the layer's ``input_layernorm``."""


def restore(exported: Path, to: Path) -> int:
    """Write the checkpoint of the folder ``exported`` to the new folder ``to``; returns how many parameters it has.

    :class:`ConfigError` when ``to`` exists, :class:`BackendError` for an export of another engine or quantization.
    """
    if to.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(to), hint="remove it or name another")
    manifest = read_manifest(exported)
    if manifest.engine != "onnxruntime":
        raise BackendError(
            expected="an export for onnxruntime", got=manifest.engine, hint="keep the checkpoint of such an export"
        )
    files = read_files(exported, manifest)
    graph = _Graph(files[MODEL], files[WEIGHTS])
    scratch = to.with_name(f".{to.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        parameters = _save(graph, read_file(exported, manifest, "tokenizer.json"), scratch)
        keep_notice(exported, scratch)
        if PROMPT in manifest.files:
            (scratch / PROMPT).write_bytes(read_file(exported, manifest, PROMPT))
        readme.finish(scratch, _origin(manifest))
        scratch.rename(to)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return parameters


def _origin(manifest: Manifest) -> readme.Origin:
    """What the card of the checkpoint says of it."""
    made = (
        f"Made by `training.restore` of `{manifest.name}@{manifest.digest}`, an export in {manifest.quantization}: the "
        "weights are what was stored there."
    )
    found = manifest.source.get("agreement", {})
    scores = []
    if found:
        on = f"{found['texts']} texts of {found['articles']} held-out articles, by the export"
        scores.append(readme.Score("f1", "Bigram F1 with the editors' texts, of 100", found["export_f1"], on))
    return readme.Origin(manifest.name, made, readme.GEMMA, manifest.source.get("data", {}), scores)


class _Graph:
    """An exported graph: its nodes in order, and its constants."""

    def __init__(self, model: bytes, weights: bytes) -> None:
        import onnx

        opened = onnx.load_from_string(model)
        graph = opened.graph
        self.about = {one.key: one.value for one in opened.metadata_props}
        self.nodes = list(graph.node)
        self.constants = {one.name: _array(one, weights) for one in graph.initializer}

    def of_kind(self, *kinds: str) -> list[Any]:
        """The nodes of these kinds."""
        return [node for node in self.nodes if node.op_type in kinds]

    def products(self) -> Iterator[Floats]:
        """The weights [N, K] of every product, in order."""
        for node in self.of_kind("MatMulIntegerToFloat", "MatMul", "MatMulNBits"):
            if node.input[1] not in self.constants:
                continue
            if node.op_type == "MatMulNBits":
                raise BackendError(
                    expected="weights in int8 or float32", got="weights in blocks", hint="keep its checkpoint"
                )
            weight = self.constants[node.input[1]].T
            steps = self.constants[node.input[3]][:, None] if node.op_type == "MatMulIntegerToFloat" else 1.0
            yield (weight * steps).astype(np.float32)

    def gains(self) -> list[Floats]:
        """The weights of every norm, in order: what multiplies, minus one."""
        return [self.constants[node.input[1 if node.op_type == _NORMS[0] else 2]] - 1 for node in self.of_kind(*_NORMS)]

    def embedding(self, root: float) -> Floats:
        """[V, d], without the factor that Gemma multiplies it by."""
        table = self.constants["embedding"]
        if "embedding_steps" not in self.constants:
            return np.asarray(table / root, np.float32)
        return np.asarray(table * (self.constants["embedding_steps"] / root), np.float32)


def _array(tensor: Any, weights: bytes) -> NDArray[Any]:
    """A constant, from the graph or from the file beside it."""
    from onnx import helper, numpy_helper

    if not tensor.external_data:
        return numpy_helper.to_array(tensor)
    place = {entry.key: entry.value for entry in tensor.external_data}
    kind = helper.tensor_dtype_to_np_dtype(tensor.data_type)
    count = math.prod(tensor.dims)
    return np.frombuffer(weights, kind, count, int(place.get("offset", 0))).reshape(tuple(tensor.dims))


def _save(graph: _Graph, tokenizer: bytes, folder: Path) -> int:
    """The checkpoint in ``folder``, in bfloat16; its parameters."""
    import torch
    from transformers import Gemma3ForCausalLM

    from training.warmstart.main import save_tokenizer

    products, gains = list(graph.products()), graph.gains()
    config = _config(graph, products)
    kind: Any = Gemma3ForCausalLM
    model = kind(config)
    named = {name: torch.from_numpy(np.array(one)) for name, one in _tensors(graph, config, products, gains).items()}
    missing = set(dict(model.named_parameters())) - set(named)
    if missing:
        raise BackendError(expected="every tensor of a Gemma 3", got=f"no {sorted(missing)[0]}", hint="report it")
    model.load_state_dict(named, strict=False)
    model.tie_weights()
    model.to(torch.bfloat16).save_pretrained(folder)
    save_tokenizer(folder, tokenizer.decode("utf-8"))
    return int(model.num_parameters())


def _config(graph: _Graph, products: Sequence[Floats]) -> Any:
    """What the graph's shapes and properties say about the model."""
    from transformers import Gemma3TextConfig

    if "gemma3" not in graph.about:
        got = "a graph that does not say of what model it is"
        raise BackendError(expected="an export of today's training.export", got=got, hint="keep its checkpoint")
    about = json.loads(graph.about["gemma3"])
    vocabulary, hidden = graph.constants["embedding"].shape
    kind: Any = Gemma3TextConfig
    return kind(vocab_size=vocabulary, hidden_size=hidden, intermediate_size=products[_GATE_UP].shape[0] // 2, **about)


def _tensors(graph: _Graph, config: Any, products: Sequence[Floats], gains: Sequence[Floats]) -> dict[str, Floats]:
    """The parameters by their transformers names."""
    table = graph.embedding(config.hidden_size**0.5)
    found = {"model.embed_tokens.weight": table}
    scale = np.float32(config.query_pre_attn_scalar**0.5)
    queries = config.num_attention_heads * config.head_dim
    keys = queries + config.num_key_value_heads * config.head_dim
    norms = len(_LAYER_NORMS) + 1
    for index in range(config.num_hidden_layers):
        name = f"model.layers.{index}"
        own = products[4 * index : 4 * index + 4]
        parts = np.split(own[_QKV], [queries, keys])
        found |= {f"{name}.self_attn.{part}_proj.weight": one for part, one in zip("qkv", parts, strict=True)}
        gate, up = np.split(own[_GATE_UP], 2)
        found |= {
            f"{name}.self_attn.o_proj.weight": own[_OUTPUT],
            f"{name}.mlp.gate_proj.weight": gate,
            f"{name}.mlp.up_proj.weight": up,
            f"{name}.mlp.down_proj.weight": own[_DOWN],
            f"{name}.input_layernorm.weight": gains[norms * index],
        }
        behind = list(gains[norms * index + 1 : norms * (index + 1)])
        # The gain of the queries has their scale in it.
        behind[0] = (behind[0] + 1) * scale - 1
        found |= {f"{name}.{norm}.weight": gain for norm, gain in zip(_LAYER_NORMS, behind, strict=True)}
    return found | {"model.norm.weight": (gains[-1] + 1) * _loudness(products[-1], table) - 1}


def loudness(model: bytes, weights: bytes) -> Floats:
    """What an exported graph's last norm lacks beside its checkpoint's [d]: one everywhere, if it was not smoothed."""
    graph = _Graph(model, weights)
    products = list(graph.products())
    return _loudness(products[-1], graph.embedding(products[-1].shape[1] ** 0.5))


def _loudness(output: Floats, table: Floats) -> Floats:
    """What the output layer multiplies channels by beyond the embedding: it belongs into the norm before it."""
    return np.asarray((output * table).sum(0) / np.maximum((table * table).sum(0), 1e-12), np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.restore", description="Make a checkpoint of an exported model.")
    parser.add_argument("exported", type=Path, help="the folder of an export, such as summarizer/model")
    parser.add_argument("--to", type=Path, required=True, help="checkpoint folder to write; must not exist")
    options = parser.parse_args(arguments)
    return guarded(lambda: print(f"{options.to}: {restore(options.exported, options.to):,} parameters"))


if __name__ == "__main__":
    sys.exit(main())
