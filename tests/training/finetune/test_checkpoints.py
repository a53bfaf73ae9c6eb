from __future__ import annotations

from pathlib import Path

import pytest
import torch

from summarizer.errors import DataError
from training.finetune import checkpoints


def trained(steps: int) -> tuple[dict[str, torch.Tensor], torch.optim.Optimizer]:
    torch.manual_seed(1)
    weights = {"a": torch.nn.Parameter(torch.randn(3, 2)), "b": torch.nn.Parameter(torch.randn(2))}
    optimizer = torch.optim.AdamW(weights.values(), lr=0.1)
    for _ in range(steps):
        (weights["a"] @ weights["b"]).square().sum().backward()
        optimizer.step()
        optimizer.zero_grad()
    return weights, optimizer


def test_a_state_comes_back_whole(tmp_path: Path) -> None:
    weights, optimizer = trained(3)
    checkpoints.save_state(tmp_path, 3, weights, optimizer, {"step": 3})
    expected = torch.rand(4)
    others, fresh = trained(0)
    folder = checkpoints.last_state(tmp_path)
    assert folder is not None
    assert checkpoints.load_state(folder, others, fresh) == {"step": 3}
    assert all(torch.equal(weights[name], others[name]) for name in weights)
    assert torch.equal(torch.rand(4), expected)
    before, after = checkpoints.flatten_optimizer(optimizer), checkpoints.flatten_optimizer(fresh)
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_two_states_are_kept(tmp_path: Path) -> None:
    weights, optimizer = trained(1)
    for step in (5, 10, 15):
        checkpoints.save_state(tmp_path, step, weights, optimizer, {"step": step})
    assert [path.name for path in sorted((tmp_path / "state").iterdir())] == ["step-00000010", "step-00000015"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights, _ = trained(1)
    checkpoints.write_folder(tmp_path / "best", {"trainable": weights}, {"step": 1})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoints, "save_file", full)
    with pytest.raises(DataError, match="No space left"):
        checkpoints.write_folder(tmp_path / "best", {"trainable": weights}, {"step": 2})
    assert '"step": 1' in (tmp_path / "best" / "state.json").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["best"]


def test_a_half_written_state_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "state" / ".step-00000020.part").mkdir(parents=True)
    assert checkpoints.last_state(tmp_path) is None


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_damaged_state_is_told(damage: str, tmp_path: Path) -> None:
    weights, optimizer = trained(1)
    checkpoints.save_state(tmp_path, 1, weights, optimizer, {})
    file = tmp_path / "state" / "step-00000001" / "trainable.safetensors"
    if damage == "missing":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:40])
    else:
        weights["c"] = torch.nn.Parameter(torch.zeros(1))
    with pytest.raises(DataError):
        checkpoints.load_trainable(file.parent, weights)
