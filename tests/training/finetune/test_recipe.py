from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import ConfigError
from training.finetune.recipe import Recipe, check, parse_overrides, read_recipe
from training.finetune.schedule import learning_rate, progress

RECIPES = Path("training/recipes")
SMOKE = RECIPES / "smoke.toml"


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"learning_rat": 1e-3}, "unknown key 'learning_rat'"),
        ({"train": "nowhere.jsonl"}, "train: no file nowhere.jsonl"),
        ({"heldout": ""}, "heldout is not set"),
        ({"epochs": "many"}, "epochs = 'many' is not a float"),
        ({"compile": 1}, "compile = 1 is not a bool"),
        ({"seed": True}, "seed = True is not a int"),
        ({"dtype": "float16"}, "dtype 'float16'"),
        ({"tasks": ["headline", "poem"]}, "unknown task 'poem'"),
        ({"tasks": []}, "tasks is empty"),
        ({"learning_rate": 0}, "learning_rate is not above 0"),
        ({"batch_tokens": 0}, "batch_tokens is below 1"),
        ({"batch_tokens": 100}, "batch_tokens is below max_source_tokens + max_target_tokens"),
        ({"epochs": 0}, "neither epochs nor hours"),
        ({"lora_rank": 8, "frozen_layers": 2}, "frozen_layers needs lora_rank = 0"),
        ({"generate_steps": 30}, "generate_steps is not a multiple of eval_steps"),
        ({"best_by": "luck"}, "best_by 'luck'"),
        ({"best_by": "texts", "generate_steps": 0}, 'best_by = "texts" needs'),
        ({"warmup_share": 2}, "warmup_share is not in [0, 1]"),
        ({"source_weights": {"bbc": -1}}, "source_weights.bbc"),
    ],
)
def test_a_recipe_that_cannot_run_is_refused(overrides: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_recipe(SMOKE, overrides)
    assert said in str(caught.value)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        read_recipe(SMOKE, {"dtype": "int3", "epochs": 0, "train": "nowhere"})
    assert all(part in str(caught.value) for part in ("int3", "neither epochs", "nowhere"))


@pytest.mark.parametrize("content", ["epochs = ", "\x00", "a = 1\na = 2"])
def test_a_file_that_is_no_toml(content: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(content)
    with pytest.raises(ConfigError, match="TOML"):
        read_recipe(path)


def test_a_missing_recipe(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a recipe file"):
        read_recipe(tmp_path / "none.toml")


FINETUNE = sorted(path for path in RECIPES.glob("*.toml") if not path.name.startswith("prepare"))


@pytest.mark.parametrize("path", FINETUNE, ids=lambda path: path.name)
def test_shipped_recipes_open_with_their_command_and_could_run(path: Path, tmp_path: Path) -> None:
    assert f"-m training.finetune training/recipes/{path.name}" in path.read_text(encoding="utf-8").splitlines()[0]
    rows = tmp_path / "rows.jsonl"
    rows.touch()
    recipe = read_recipe(path, {"train": str(rows), "heldout": str(rows), "extra": [str(rows)]})
    assert check(recipe) == []


def test_the_named_recipes_are_there() -> None:
    assert {"mujaz-270m", "mujaz-270m-cpu", "arabart", "arat5", "mt5-base", "student", "smoke"} <= {
        path.stem for path in FINETUNE
    }


def test_overrides_are_toml_values_or_text() -> None:
    assert parse_overrides(["epochs=2", "out='x'", "train=a/b.jsonl", "compile=true"]) == {
        "epochs": 2,
        "out": "x",
        "train": "a/b.jsonl",
        "compile": True,
    }


def test_learning_rate_rises_then_falls_to_its_final_share() -> None:
    recipe = Recipe(learning_rate=1.0, warmup_share=0.1, final_share=0.05)
    rates = [learning_rate(recipe, done / 100) for done in range(101)]
    assert rates[0] < rates[5] < rates[10] == pytest.approx(1.0)
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] == pytest.approx(0.05)


def test_progress_by_steps_or_by_the_clock() -> None:
    assert progress(Recipe(), step=5, total_steps=10, trained_s=9e9) == 0.5
    assert progress(Recipe(hours=1.0), step=10, total_steps=10, trained_s=1800) == 0.5
    assert progress(Recipe(hours=1.0), step=0, total_steps=10, trained_s=4000) == 1.0
