"""A Gemma 3 decoder as an ONNX graph for onnxruntime: one token or many of some rows, behind a source that all share.

Inputs: ``ids`` [B, S] and their ``places`` [B, S] in the whole text, what each may see (``seen_…``, added to its
scores: [B * S * heads, S + shared + own]) and the caches of ``training.export.onnx_attention``. Outputs: ``logits``
[B, V] of each row's last token, and the keys and values of ``ids``, which whoever asks puts behind the row's own.
Either S is 1 or B is 1: rows of different lengths go side by side one token at a time, and what they begin with is read
alone, so that nothing is padded and a text does not depend on its company.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from training.export.onnx_attention import attend, inputs, outputs, query_gain, rotary
from training.export.onnx_products import Graph, to_bytes

Weights = Mapping[str, NDArray[np.float32]]
"""Tensors by their transformers names."""

ABOUT = ("num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim", "sliding_window",
         "query_pre_attn_scalar", "rms_norm_eps")  # fmt: skip
"""Numbers of a checkpoint's ``config.json`` that the graph keeps."""


def build(weights: Weights, config: Mapping[str, Any], quantization: str, positions: int) -> onnx.ModelProto:
    """The graph with its weights inside.

    ``config``: the checkpoint's ``config.json``; ``positions``: how many tokens a row may have in all.
    ``lm_head.weight`` may differ from the embedding's (after smoothing). ``KeyError`` when a weight is missing.
    """
    graph = Graph(quantization)
    hidden = _embedded(graph, weights, config, quantization)
    rotary(graph, config, positions)
    normed = graph.norm(hidden, _gain(weights, "model.layers.0.input_layernorm"), config)
    for index in range(config["num_hidden_layers"]):
        hidden, normed = _layer(graph, weights, config, index, (hidden, normed))
    logits = _head(graph, weights, config, normed)
    graph.add("Identity", [logits], names=["logits"])
    return graph.model(inputs(config), outputs(config), _about(config))


def _about(config: Mapping[str, Any]) -> dict[str, str]:
    """What the graph does not show, for the engine and ``training.restore``."""
    told = {name: config[name] for name in (*ABOUT, "layer_types", "rope_parameters")}
    return {"gemma3": json.dumps(told, sort_keys=True)}


def _embedded(graph: Graph, weights: Weights, config: Mapping[str, Any], quantization: str) -> str:
    """[B, S] ids to [B * S, d]; Gemma multiplies embeddings by the root of their size."""
    table, scale = weights["model.embed_tokens.weight"], np.float32(config["hidden_size"] ** 0.5)
    ids = graph.reshape("ids", -1)
    if quantization == "float32":
        return str(graph.add("Gather", [graph.constant(table * scale, "embedding"), ids], axis=0))
    data, steps = to_bytes(table)
    rows = graph.add("Gather", [graph.constant(data, "embedding"), ids], axis=0)
    row_steps = graph.add("Gather", [graph.constant(steps[:, None] * scale, "embedding_steps"), ids], axis=0)
    return str(graph.add("Mul", [graph.add("Cast", [rows], to=TensorProto.FLOAT), row_steps]))


def _layer(
    graph: Graph,
    weights: Weights,
    config: Mapping[str, Any],
    index: int,
    state: tuple[str, str],
) -> tuple[str, str]:
    """One layer; ``state`` is what goes on and the same normed for this layer, [M, d] both, and so is the result."""
    name, last = f"model.layers.{index}", config["num_hidden_layers"] - 1
    hidden, normed = state
    attended = _attention(graph, weights, config, index, normed)
    attended = graph.norm(attended, _gain(weights, f"{name}.post_attention_layernorm"), config)
    hidden, normed = graph.add_and_norm(attended, hidden, _gain(weights, f"{name}.pre_feedforward_layernorm"), config)
    both = np.concatenate([weights[f"{name}.mlp.{half}_proj.weight"] for half in ("gate", "up")])
    gate, up = graph.add("Split", [graph.linear(graph, normed, both)], outputs=2, axis=1, num_outputs=2)
    active = graph.add("Gelu", [gate], domain="", approximate="tanh")
    fed = graph.linear(graph, graph.add("Mul", [active, up]), weights[f"{name}.mlp.down_proj.weight"])
    fed = graph.norm(fed, _gain(weights, f"{name}.post_feedforward_layernorm"), config)
    following = "model.norm" if index == last else f"model.layers.{index + 1}.input_layernorm"
    return graph.add_and_norm(fed, hidden, _gain(weights, following), config)


def _attention(graph: Graph, weights: Weights, config: Mapping[str, Any], index: int, normed: str) -> str:
    """[M, d] to [M, d]; queries and keys are normed before they are turned."""
    name, kind = f"model.layers.{index}.self_attn", config["layer_types"][index]
    heads, groups, size = (config[key] for key in ("num_attention_heads", "num_key_value_heads", "head_dim"))
    joined = np.concatenate([weights[f"{name}.{part}_proj.weight"] for part in "qkv"])
    sizes = graph.shape(heads * size, groups * size, groups * size)
    query, key, value = graph.add("Split", [graph.linear(graph, normed, joined), sizes], outputs=3, axis=1)
    gains = query_gain(_gain(weights, f"{name}.q_norm"), config), _gain(weights, f"{name}.k_norm")
    query, key = (
        graph.norm(graph.reshape(part, -1, size), gain, config) for part, gain in zip((query, key), gains, strict=True)
    )
    of_units = [_by_unit(graph, part, groups, width * size) for part, width in
                ((query, heads // groups), (key, 1), (value, 1))]  # fmt: skip
    attended = [
        attend(graph, config, index * groups + group, [part[group] for part in of_units], kind)
        for group in range(groups)
    ]
    joint = attended[0] if groups == 1 else graph.add("Concat", attended, axis=1)
    return str(graph.linear(graph, joint, weights[f"{name}.o_proj.weight"]))


def _by_unit(graph: Graph, value: str, groups: int, width: int) -> list[str]:
    """What belongs to each head of keys and values, [B, S, width] each."""
    rows = graph.add("Reshape", [value, _rows(graph, groups * width)])
    return [rows] if groups == 1 else list(graph.add("Split", [rows], outputs=groups, axis=2, num_outputs=groups))


def _rows(graph: Graph, width: int) -> str:
    """The shape [B, S, width]."""
    batch = graph.once("batch_shape", "Shape", ["ids"])
    return graph.once(f"rows_{width}", "Concat", [batch, graph.shape(width)], axis=0)


def _head(graph: Graph, weights: Weights, config: Mapping[str, Any], normed: str) -> str:
    """The logits [B, V] of each row's last token."""
    rows = graph.add("Reshape", [normed, _rows(graph, config["hidden_size"])])
    last = graph.add("Gather", [rows, graph.constant(np.array(-1, np.int64), "last_place")], axis=1)
    graph.zeros = ""
    table = weights.get("lm_head.weight", weights["model.embed_tokens.weight"])
    return str(graph.linear(graph, last, table))


def _gain(weights: Weights, name: str) -> NDArray[np.float32]:
    """Gemma's norms multiply by one plus their weight."""
    return 1 + weights[f"{name}.weight"]
