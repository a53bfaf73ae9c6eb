"""A Gemma 3 decoder as an ONNX graph for onnxruntime: one token or many, with a cache of keys and values beside it.

Inputs: ``ids`` [B, S], ``last`` [B] (each row's tokens in the cache and in ``ids``, minus one), ``total`` [] (the
longest row's tokens) and the caches ``key_0`` … ``value_L`` [B, kv heads, T, head size], written in place behind what
they hold when inputs and outputs are bound to the same memory. Outputs: ``logits`` [B, V] of each row's last token and
the caches. Either S is 1 or B is 1: rows of different lengths go side by side one token at a time, and a prompt is read
alone, so that nothing is padded and a text does not depend on its company.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from training.export.onnx_products import CONTRIB, Graph, to_bytes

Weights = Mapping[str, NDArray[np.float32]]
"""Tensors by their transformers names."""


def build(weights: Weights, config: Mapping[str, Any], quantization: str, positions: int) -> onnx.ModelProto:
    """The graph with its weights inside.

    ``config``: the checkpoint's ``config.json``; ``positions``: how many tokens a row may have in all.
    ``lm_head.weight`` may differ from the embedding's (after smoothing). ``KeyError`` when a weight is missing.
    """
    graph = Graph(quantization)
    hidden = _embedded(graph, weights, config, quantization)
    caches = _rotary(graph, config, positions)
    inputs, outputs = [], []
    normed = graph.norm(hidden, _gain(weights, "model.layers.0.input_layernorm"), config)
    for index in range(config["num_hidden_layers"]):
        names = [f"{kind}_{index}" for kind in ("key", "value")]
        inputs += names
        outputs += [f"new_{name}" for name in names]
        hidden, normed = _layer(graph, weights, config, index, (hidden, normed), caches[config["layer_types"][index]])
    logits = _head(graph, weights, config, normed)
    graph.add("Identity", [logits], names=["logits"])
    return graph.model(config, inputs, outputs)


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


def _rotary(graph: Graph, config: Mapping[str, Any], positions: int) -> dict[str, tuple[str, str]]:
    """Cosines and sines [positions, head size / 2] for each kind of layer."""
    found = {}
    for kind, rope in config["rope_parameters"].items():
        powers = np.arange(0, config["head_dim"], 2, dtype=np.float64) / config["head_dim"]
        angles = np.arange(positions, dtype=np.float64)[:, None] / rope["rope_theta"] ** powers
        found[kind] = (
            graph.constant(np.cos(angles).astype(np.float32), f"cos_{kind}"),
            graph.constant(np.sin(angles).astype(np.float32), f"sin_{kind}"),
        )
    return found


def _layer(
    graph: Graph,
    weights: Weights,
    config: Mapping[str, Any],
    index: int,
    state: tuple[str, str],
    rotary: tuple[str, str],
) -> tuple[str, str]:
    """One layer; ``state`` is what goes on and the same normed for this layer, [M, d] both, and so is the result."""
    name, last = f"model.layers.{index}", config["num_hidden_layers"] - 1
    hidden, normed = state
    attended = _attention(graph, weights, config, index, normed, rotary)
    attended = graph.norm(attended, _gain(weights, f"{name}.post_attention_layernorm"), config)
    hidden, normed = graph.add_and_norm(attended, hidden, _gain(weights, f"{name}.pre_feedforward_layernorm"), config)
    both = np.concatenate([weights[f"{name}.mlp.{half}_proj.weight"] for half in ("gate", "up")])
    gate, up = graph.add("Split", [graph.linear(graph, normed, both)], outputs=2, axis=1, num_outputs=2)
    active = graph.add("Gelu", [gate], domain="", approximate="tanh")
    fed = graph.linear(graph, graph.add("Mul", [active, up]), weights[f"{name}.mlp.down_proj.weight"])
    fed = graph.norm(fed, _gain(weights, f"{name}.post_feedforward_layernorm"), config)
    following = "model.norm" if index == last else f"model.layers.{index + 1}.input_layernorm"
    return graph.add_and_norm(fed, hidden, _gain(weights, following), config)


def _attention(
    graph: Graph, weights: Weights, config: Mapping[str, Any], index: int, normed: str, rotary: tuple[str, str]
) -> str:
    """[M, d] to [M, d]; queries and keys are normed before they are turned."""
    name = f"model.layers.{index}.self_attn"
    heads, groups, size = (config[key] for key in ("num_attention_heads", "num_key_value_heads", "head_dim"))
    joined = np.concatenate([weights[f"{name}.{part}_proj.weight"] for part in "qkv"])
    sizes = graph.shape(heads * size, groups * size, groups * size)
    parts = graph.add("Split", [graph.linear(graph, normed, joined), sizes], outputs=3, axis=1)
    for place, part in enumerate("qk"):
        flat = graph.reshape(parts[place], -1, size)
        parts[place] = graph.norm(flat, _gain(weights, f"{name}.{part}_norm"), config)
    widths = (heads * size, groups * size, groups * size)
    query, key, value = (
        graph.add("Reshape", [part, _rows(graph, width)]) for part, width in zip(parts, widths, strict=True)
    )
    attended, _, _ = graph.add(
        "GroupQueryAttention",
        [query, key, value, f"key_{index}", f"value_{index}", "last", "total", *rotary],
        names=[f"attended_{index}", f"new_key_{index}", f"new_value_{index}"],
        domain=CONTRIB,
        num_heads=heads,
        kv_num_heads=groups,
        do_rotary=1,
        scale=float(config["query_pre_attn_scalar"]) ** -0.5,
        **_window(config, index),
    )
    return str(graph.linear(graph, graph.reshape(attended, -1, heads * size), weights[f"{name}.o_proj.weight"]))


def _window(config: Mapping[str, Any], index: int) -> dict[str, int]:
    """How many tokens a layer sees, the last one among them: all, unless its window slides."""
    slides = config["layer_types"][index] == "sliding_attention"
    return {"local_window_size": int(config["sliding_window"])} if slides else {}


def _rows(graph: Graph, width: int) -> str:
    """The shape [B, S, width], made once for each width."""
    made = {output for node in graph.nodes for output in node.output}
    if "batch_shape" not in made:
        graph.add("Shape", ["ids"], names=["batch_shape"])
    if f"rows_{width}" not in made:
        graph.add("Concat", ["batch_shape", graph.shape(width)], names=[f"rows_{width}"], axis=0)
    return f"rows_{width}"


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
