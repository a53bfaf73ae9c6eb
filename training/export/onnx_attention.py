"""Attention of the exported graph: what all rows have in common is multiplied once for all of them.

A token looks at three places, each with a product of its own, and one softmax over the three:

| place | keys | values | |
|---|---|---|---|
| itself and what is read with it | [B, d, S] | [B, S, d] | of ``ids`` |
| its row's own tokens before | [B, d, own] | [B, own, d] | inputs |
| the source that all rows share | [d, shared] | [shared, d] | inputs |

onnxruntime's own operator has a copy of the source in every row and takes each head of each row by itself. What a
token may not see (what it is filled up with, what comes later, what a sliding window has left behind) is told by
``seen``, which is added to the scores. A unit is a head of keys and values in a layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from training.export.onnx_products import CONTRIB, Graph, ValueInfo


def rotary(graph: Graph, config: Mapping[str, Any], positions: int) -> None:
    """Cosines and sines [positions, head size / 2] for each kind of layer."""
    for kind, rope in config["rope_parameters"].items():
        powers = np.arange(0, config["head_dim"], 2, dtype=np.float64) / config["head_dim"]
        angles = np.arange(positions, dtype=np.float64)[:, None] / rope["rope_theta"] ** powers
        graph.constant(np.cos(angles).astype(np.float32), f"cos_{kind}")
        graph.constant(np.sin(angles).astype(np.float32), f"sin_{kind}")


def attend(graph: Graph, config: Mapping[str, Any], unit: int, parts: Sequence[str], kind: str) -> str:
    """[B * S, heads of the unit * d]: ``parts`` are queries [B, S, heads * d], keys and values [B, S, d].

    Queries and keys are turned here; queries are scaled before.
    """
    size, heads = config["head_dim"], config["num_attention_heads"] // config["num_key_value_heads"]
    query, key = (_turned(graph, part, kind) for part in parts[:2])
    new_key = graph.add("Transpose", [key], names=[f"new_key_{unit}"], perm=[0, 2, 1])
    new_value = graph.add("Identity", [parts[2]], names=[f"new_value_{unit}"])
    flat, rows = graph.reshape(query, -1, size), graph.reshape(query, 0, -1, size)
    scores = [
        graph.add("Flatten", [graph.add("MatMul", [rows, new_key])], axis=2),
        graph.add("MatMul", [flat, f"shared_key_{unit}"]),
        graph.add("Flatten", [graph.add("MatMul", [rows, f"key_{unit}"])], axis=2),
    ]
    seen = graph.add("Add", [graph.add("Concat", scores, axis=1), f"seen_{kind}"])
    shares = graph.add("Split", [graph.add("Softmax", [seen], axis=1), _widths(graph)], outputs=3, axis=1)
    read = [graph.add("Reshape", [shares[place], _rows_by(graph, name)]) for place, name in _OWN]
    own = graph.add("Add", [graph.add("MatMul", [read[0], new_value]), graph.add("MatMul", [read[1], f"value_{unit}"])])
    common = graph.add("MatMul", [shares[1], f"shared_value_{unit}"])
    return graph.reshape(graph.add("Add", [graph.reshape(own, -1, size), common]), -1, heads * size)


_OWN = ((0, "S"), (2, "own"))
"""Of the three places those that each row has by itself."""


def _turned(graph: Graph, value: str, kind: str) -> str:
    inputs = [value, "places", f"cos_{kind}", f"sin_{kind}"]
    return str(graph.add("RotaryEmbedding", inputs, domain=CONTRIB))


def _widths(graph: Graph) -> str:
    """The widths [3] of the three places."""
    return graph.once("widths", "Concat", [_dim(graph, name) for name in ("S", "shared", "own")], axis=0)


def _rows_by(graph: Graph, last: str) -> str:
    """The shape [B, S * heads, ``last``]; -1 is its middle."""
    middle = graph.constant(np.array([-1], np.int64), "any_size")
    return graph.once(f"rows_by_{last}", "Concat", [_dim(graph, "B"), middle, _dim(graph, last)], axis=0)


def _dim(graph: Graph, name: str) -> str:
    """A dimension [1] of what the graph is given."""
    given, axis = {"B": ("ids", 0), "S": ("ids", 1), "shared": ("shared_key_0", 1), "own": ("key_0", 2)}[name]
    return graph.once(f"dim_{name}", "Shape", [given], start=axis, end=axis + 1)


def inputs(config: Mapping[str, Any]) -> Iterator[ValueInfo]:
    """All that the graph is given."""
    units, size = config["num_hidden_layers"] * config["num_key_value_heads"], config["head_dim"]
    yield "ids", TensorProto.INT64, ("B", "S")
    yield "places", TensorProto.INT64, ("B", "S")
    for kind in sorted(set(config["layer_types"])):
        yield f"seen_{kind}", TensorProto.FLOAT, ("rows", "T")
    for unit in range(units):
        yield f"shared_key_{unit}", TensorProto.FLOAT, (size, "shared")
        yield f"shared_value_{unit}", TensorProto.FLOAT, ("shared", size)
        yield f"key_{unit}", TensorProto.FLOAT, ("B", size, "own")
        yield f"value_{unit}", TensorProto.FLOAT, ("B", "own", size)


def outputs(config: Mapping[str, Any]) -> Iterator[ValueInfo]:
    """All that the graph computes."""
    units, size = config["num_hidden_layers"] * config["num_key_value_heads"], config["head_dim"]
    yield "logits", TensorProto.FLOAT, ("B", config["vocab_size"])
    for unit in range(units):
        yield f"new_key_{unit}", TensorProto.FLOAT, ("B", size, "S")
        yield f"new_value_{unit}", TensorProto.FLOAT, ("B", "S", size)


def query_gain(gain: NDArray[np.float32], config: Mapping[str, Any]) -> NDArray[np.float32]:
    """The gain of the queries' norm with their scale in it: turning them changes no length."""
    return gain * np.float32(float(config["query_pre_attn_scalar"]) ** -0.5)
