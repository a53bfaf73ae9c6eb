"""What the library says when a model does not open, in our words."""

from __future__ import annotations

import onnxruntime
import pytest

from summarizer.backends.engines.onnx.session import Model
from summarizer.errors import BackendError, DamagedModel, OutOfMemory


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (MemoryError("std::bad_alloc"), OutOfMemory),
        (RuntimeError("BFCArena: Failed to allocate memory for requested buffer of size 73400320"), OutOfMemory),
        (RuntimeError("Load model failed: Protobuf parsing failed."), DamagedModel),
    ],
)
def test_a_model_that_does_not_open_for_want_of_memory_is_not_called_damaged(
    raised: Exception, told: type[BackendError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(onnxruntime, "InferenceSession", refuse)
    with pytest.raises(BackendError) as found:
        Model(b"graph", "weights.bin", b"weights")
    assert type(found.value) is told
    assert len(str(found.value).splitlines()) == 1
