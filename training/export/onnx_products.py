"""Nodes of an ONNX graph, and its products with weights in fewer bits.

``int8`` multiplies bytes by bytes: each token's activations are divided by their largest value, and each output
channel's weights by theirs. ``int4`` and ``int8-blocks`` are onnxruntime's ``MatMulNBits``: weights and activations in
blocks of 32 with a step each. Eight bits of those are nearest to the checkpoint. Measured on one thread with AVX-512
and VNNI, the products of Gemma 3 270M take, in milliseconds for so many tokens at once:

| tokens | int8 | int8-blocks | int4 | float32 |
|---|---|---|---|---|
| 1 | 4.0 | 2.4 | 2.6 | 16.0 |
| 4 | 4.7 | 6.9 | 6.8 | 21.7 |
| 16 | 10.6 | 31.6 | 27.7 | 39.5 |
| 256 | 162 | 388 | 426 | 510 |

On x86 without VNNI onnxruntime adds pairs of ``int8`` products in 16 bits, where large ones saturate. In texts that
makes no difference that we could measure (docs/model.md); its exact products (``session.x64quantprecision``) take 1.2
times as long there and 100 MB more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

ValueInfo = tuple[str, int, tuple[int | str, ...]]
"""Name, type and shape."""

CONTRIB = "com.microsoft"
"""The domain of onnxruntime's own operators."""
_OPSET, _IR_VERSION = 21, 10
_BLOCK = 32
_ZERO_POINT = 128
"""What stands for 0 in bytes of activations."""


class Graph:
    """Nodes and constants as they come, each under a name of its own."""

    def __init__(self, quantization: str) -> None:
        self.linear = LINEARS[quantization]
        self.zeros = ""
        """A zero point for each row of what is multiplied; "" makes them anew, where the number of rows changes."""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.made: set[str] = set()

    def add(
        self,
        kind: str,
        inputs: Sequence[str],
        outputs: int = 1,
        names: Sequence[str] = (),
        domain: str = "",
        **more: Any,
    ) -> Any:
        """A node; returns its output's name, or a list of them."""
        made = list(names) or [f"{kind}_{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), made, domain=domain, **more))
        return made[0] if len(made) == 1 else made

    def once(self, name: str, kind: str, inputs: Sequence[str], **more: Any) -> str:
        """A node whose output has a name of its own, made when it is first asked for."""
        if name not in self.made:
            self.made.add(name)
            self.add(kind, inputs, names=[name], **more)
        return name

    def constant(self, value: NDArray[Any], name: str = "") -> str:
        """A constant; the same name is stored once."""
        name = name or f"constant_{len(self.constants)}"
        self.constants.setdefault(name, numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def shape(self, *sizes: int) -> str:
        """A shape as a constant."""
        return self.constant(np.array(sizes, np.int64), "shape_" + "_".join(map(str, sizes)))

    def reshape(self, value: str, *sizes: int) -> str:
        """``value`` in another shape, of which one size may be -1."""
        return str(self.add("Reshape", [value, self.shape(*sizes)]))

    def norm(self, value: str, gain: NDArray[np.float32], config: Mapping[str, Any]) -> str:
        """RMS over the last axis."""
        options = {"axis": -1, "epsilon": config["rms_norm_eps"]}
        return str(self.add("SimplifiedLayerNormalization", [value, self.constant(gain)], **options))

    def add_and_norm(
        self, value: str, base: str, gain: NDArray[np.float32], config: Mapping[str, Any]
    ) -> tuple[str, str]:
        """``value`` + ``base``, and the same after RMS."""
        normed, _, _, total = self.add(
            "SkipSimplifiedLayerNormalization",
            [value, base, self.constant(gain)],
            outputs=4,
            domain=CONTRIB,
            epsilon=config["rms_norm_eps"],
        )
        return total, normed

    def model(
        self, inputs: Iterable[ValueInfo], outputs: Iterable[ValueInfo], about: Mapping[str, str]
    ) -> onnx.ModelProto:
        """All of it; ``about`` is told to whoever opens the model."""
        given, computed = ([helper.make_tensor_value_info(*one) for one in side] for side in (inputs, outputs))
        graph = helper.make_graph(self.nodes, "gemma3", given, computed, list(self.constants.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="mujaz")
        helper.set_model_props(model, dict(about))
        return model


def _float32(graph: Graph, value: str, weight: NDArray[np.float32]) -> str:
    return str(graph.add("MatMul", [value, graph.constant(weight.T)]))


def _int8(graph: Graph, value: str, weight: NDArray[np.float32]) -> str:
    """[M, K] to [M, N]; a step for each row of ``value`` and each of N channels.

    Activations are bytes around 128 and weights bytes around 0: the only pair that VNNI multiplies at full speed.
    """
    axis = graph.constant(np.array([1], np.int64), "axis_1")
    largest = graph.add("ReduceMax", [graph.add("Abs", [value]), axis], keepdims=1)
    steps = graph.add("Mul", [largest, graph.constant(np.array([1 / 127], np.float32), "per_127")])
    flat = graph.add("Squeeze", [steps, axis])
    zero = graph.constant(np.array(_ZERO_POINT, np.uint8), "zero")
    graph.zeros = graph.zeros or graph.add("Expand", [zero, graph.add("Shape", [flat])])
    quantized = graph.add("QuantizeLinear", [value, flat, graph.zeros], axis=0)
    data, channel_steps = to_bytes(weight)
    one = graph.constant(np.array(1, np.float32), "one")
    inputs = [quantized, graph.constant(data.T), one, graph.constant(channel_steps), zero]
    return str(graph.add("Mul", [graph.add("MatMulIntegerToFloat", inputs, domain=CONTRIB), steps]))


def _blocks(bits: int) -> Callable[[Graph, str, NDArray[np.float32]], str]:
    def linear(graph: Graph, value: str, weight: NDArray[np.float32]) -> str:
        data, steps = _to_blocks(weight, bits)
        inputs = [value, graph.constant(data), graph.constant(steps)]
        sizes = {"K": weight.shape[1], "N": weight.shape[0], "bits": bits, "block_size": _BLOCK, "accuracy_level": 4}
        return str(graph.add("MatMulNBits", inputs, domain=CONTRIB, **sizes))

    return linear


def to_bytes(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """[N, K] to bytes and the step of each row."""
    steps = np.maximum(np.abs(weight).max(1), 1e-12) / 127
    return np.rint(weight / steps[:, None]).astype(np.int8), steps.astype(np.float32)


def _to_blocks(weight: NDArray[np.float32], bits: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """[N, K] to [N, blocks, bytes] and steps [N, blocks]; of four bits the first value is the lower half of a byte."""
    rows, width = weight.shape
    blocks = np.pad(weight, ((0, 0), (0, -width % _BLOCK))).reshape(rows, -1, _BLOCK)
    middle = 1 << (bits - 1)
    loudest = np.take_along_axis(blocks, np.abs(blocks).argmax(2)[..., None], 2)[..., 0]
    # The largest value becomes the end of the range that has one more step.
    steps = loudest / -middle
    steps[steps == 0] = 1
    values = np.clip(np.rint(blocks / steps[..., None]) + middle, 0, 2 * middle - 1).astype(np.uint8)
    if bits == 4:
        values = values[..., 0::2] | values[..., 1::2] << 4
    return values, steps.astype(np.float32)


LINEARS: Mapping[str, Callable[[Graph, str, NDArray[np.float32]], str]] = {
    "float32": _float32,
    "int8": _int8,
    "int8-blocks": _blocks(8),
    "int4": _blocks(4),
}
QUANTIZATIONS = tuple(LINEARS)
