"""Adapters put into an exported graph, whose weights stay as they are, byte for byte.

With the input ``judging`` every adapted product has the adapter's own beside it, and the output ``verdict`` [B, labels]
holds the logits behind each row's last token. Without it the graph computes what it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from summarizer.backends.engines.onnx.session import JUDGING, VERDICT
from summarizer.errors import BackendError

Floats = NDArray[np.float32]
_PARTS = (("q_proj", "k_proj", "v_proj"), ("o_proj",), ("gate_proj", "up_proj"), ("down_proj",))
"""The projections in each of a layer's products, in the order of the graph."""
_MOST = 15
"""The largest whole number that an adapter is kept in."""
_OWN = "judge_"
"""What the names of a judge's constants begin with."""
_PRODUCTS = ("MatMulIntegerToFloat", "MatMul", "MatMulNBits")


@dataclass(frozen=True, slots=True)
class Pair:
    """What an adapter adds to a projection: ``up`` [out, rank] times ``down`` [rank, in]."""

    down: Floats
    up: Floats


@dataclass(frozen=True, slots=True)
class Judge:
    """Adapters by layer and projection, and the head [labels, d] with its bias, behind the checkpoint's last norm.

    ``about``: what it learned from, for the card.
    """

    adapters: Mapping[tuple[int, str], Pair]
    head: Floats
    bias: Floats
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Product:
    """A product of the graph: the node that its result comes from, and what is multiplied."""

    node: int
    given: str


def attach(model: onnx.ModelProto, judge: Judge, loud: Floats) -> None:
    """Put ``judge`` into ``model``, in the place of one that is there.

    ``loud`` [d]: what the graph's last norm lacks beside the checkpoint's. ``BackendError`` for other layers.
    """
    graph = model.graph
    _detach(graph)
    products = list(_products(graph))
    layers = (len(products) - 1) // len(_PARTS)
    if wrong := sorted(layer for layer, _ in judge.adapters if layer >= layers):
        raise BackendError(expected=f"adapters of {layers} layers", got=f"layer {wrong[0]}", hint="name its own model")
    added = {products[-1].node: _head(graph, products[-1].given, judge, loud)}
    for place, product in enumerate(products[:-1]):
        layer, turn = divmod(place, len(_PARTS))
        pairs = [judge.adapters[layer, part] for part in _PARTS[turn] if (layer, part) in judge.adapters]
        if pairs:
            added[product.node] = _beside(graph, product, f"{_OWN}{layer}_{turn}", _joined(pairs))
    graph.input.append(helper.make_tensor_value_info(JUDGING, TensorProto.BOOL, []))
    graph.output.append(helper.make_tensor_value_info(VERDICT, TensorProto.FLOAT, ["B", len(judge.bias)]))
    nodes = [one for place, node in enumerate(graph.node) for one in (node, *filter(None, (added.get(place),)))]
    del graph.node[:]
    graph.node.extend(nodes)


def _detach(graph: onnx.GraphProto) -> None:
    """Take a judge out again: every product has its own name back."""
    plain = {
        node.attribute[place].g.node[0].input[0]: node.output[0]
        for node in graph.node
        if node.op_type == "If"
        for place in range(2)
        if node.attribute[place].name == "else_branch"
    }
    kept = [node for node in graph.node if node.op_type != "If" and VERDICT not in node.output]
    for node in kept:
        node.output[:] = [plain.get(name, name) for name in node.output]
    for things, one in ((graph.node, kept), *((own, [item for item in own if not _is_judge_s(item.name)])
                        for own in (graph.initializer, graph.input, graph.output))):  # fmt: skip
        copies = [type(item).FromString(item.SerializeToString()) for item in one]
        del things[:]
        things.extend(copies)


def _is_judge_s(name: str) -> bool:
    return name in (JUDGING, VERDICT) or name.startswith(_OWN)


def _products(graph: onnx.GraphProto) -> Iterator[_Product]:
    """The products with weights, in order: four a layer, then the output layer."""
    constants = {one.name for one in graph.initializer}
    for place, node in enumerate(graph.node):
        if node.op_type not in _PRODUCTS or node.input[1] not in constants:
            continue
        if node.op_type != "MatMulIntegerToFloat":
            yield _Product(place, node.input[0])
            continue
        # Of bytes: what was quantized comes before it, and the steps of its rows are multiplied behind it.
        quantized = next(one for one in graph.node if one.output[0] == node.input[0])
        behind = next(there for there, one in enumerate(graph.node) if node.output[0] in one.input)
        yield _Product(behind, quantized.input[0])


def _joined(pairs: list[Pair]) -> Pair:
    """The adapters of projections that are one product: all inputs, and each output of its own."""
    ranks, sizes = [len(one.down) for one in pairs], [len(one.up) for one in pairs]
    up = np.zeros((sum(sizes), sum(ranks)), np.float32)
    row = column = 0
    for pair in pairs:
        height, width = pair.up.shape
        up[row : row + height, column : column + width] = pair.up
        row, column = row + height, column + width
    return Pair(np.concatenate([one.down for one in pairs]), up)


def _beside(graph: onnx.GraphProto, product: _Product, name: str, pair: Pair) -> onnx.NodeProto:
    """The choice between a product alone and with its adapter; it takes the name of the product's result."""
    node = graph.node[product.node]
    result, plain = node.output[0], f"{node.output[0]}_plain"
    node.output[0] = plain
    nodes: list[onnx.NodeProto] = []
    # Both are kept in few values with a step for each direction, so that the steps take no room.
    (down, steps), (up, more) = _to_few(pair.down), _to_few(pair.up.T)
    low = _times(graph, nodes, product.given, down.T, f"{name}_down")
    graph.initializer.append(numpy_helper.from_array(steps * more, f"{name}_steps"))
    nodes.append(helper.make_node("Mul", [low, f"{name}_steps"], [f"{name}_low"]))
    high = _times(graph, nodes, f"{name}_low", up, f"{name}_up")
    nodes.append(helper.make_node("Add", [plain, high], [f"{name}_judged"]))
    with_it = _branch(nodes, f"{name}_judged")
    without = _branch([helper.make_node("Identity", [plain], [f"{name}_alone"])], f"{name}_alone")
    return helper.make_node("If", [JUDGING], [result], then_branch=with_it, else_branch=without)


def _times(graph: onnx.GraphProto, nodes: list[onnx.NodeProto], value: str, weight: NDArray[np.int8], name: str) -> str:
    """``value`` [M, K] times ``weight`` [K, N]."""
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(weight), f"{name}_bytes"))
    nodes += [
        helper.make_node("Cast", [f"{name}_bytes"], [f"{name}_floats"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", [value, f"{name}_floats"], [name]),
    ]
    return name


def _to_few(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """[N, K] to whole numbers of at most ``_MOST`` and the step of each row: few values take little room in a wheel."""
    steps = np.maximum(np.abs(weight).max(1), 1e-12) / _MOST
    return np.rint(weight / steps[:, None]).astype(np.int8), steps.astype(np.float32)


def _branch(nodes: list[onnx.NodeProto], result: str) -> onnx.GraphProto:
    told = helper.make_tensor_value_info(result, TensorProto.FLOAT, None)
    return helper.make_graph(nodes, result, [], [told])


def _head(graph: onnx.GraphProto, given: str, judge: Judge, loud: Floats) -> onnx.NodeProto:
    """The verdict of each row's last token."""
    for name, kept in (("head", judge.head * loud), ("bias", judge.bias)):
        graph.initializer.append(numpy_helper.from_array(kept.astype(np.float32), f"{_OWN}{name}"))
    return helper.make_node("Gemm", [given, f"{_OWN}head", f"{_OWN}bias"], [VERDICT], transB=1)
