from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import ConfigError
from training.finetune.recipe import Recipe, parse_overrides, read_recipe
from training.finetune.schedule import learning_rate, progress

RECIPES = Path("training/recipes")
SMOKE = RECIPES / "smoke.toml"
ABOVE_0 = ("learning_rate", "lora_alpha", "max_grad_norm")
AT_LEAST_1 = ("max_source_tokens", "max_target_tokens", "batch_tokens", "accumulate", "eval_steps", "eval_rows")
AT_LEAST_1 += ("save_steps",)
AT_LEAST_0 = ("threads", "lora_rank", "frozen_layers", "weight_decay", "hours", "source_loss", "generate_steps")
AT_LEAST_0 += ("generate_rows", "patience")
SHARES = ("warmup_share", "final_share", "style_share", "short_share")


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"learning_rat": 1e-3}, "unknown key learning_rat (did you mean learning_rate?)"),
        ({"poem": 1}, "unknown key poem (known: checkpoint, family, train,"),
        ({"train": "nowhere.jsonl"}, "train names no file: nowhere.jsonl is not there"),
        ({"train": ["a.jsonl"]}, "train should be a valid string, not ['a.jsonl']"),
        ({"extra": ["nowhere.jsonl"]}, "extra.0 names no file: nowhere.jsonl is not there"),
        ({"extra": "rows.jsonl"}, "extra should be a list, not 'rows.jsonl'"),
        ({"checkpoint": ""}, "checkpoint should have at least 1 character, not ''"),
        ({"heldout": ""}, "heldout should have at least 1 character, not ''"),
        ({"out": ""}, "out should have at least 1 character, not ''"),
        ({"family": "gan"}, "family should be '', 'causal' or 'seq2seq', not 'gan'"),
        ({"epochs": "many"}, "epochs should be a valid number, not 'many'"),
        ({"epochs": float("nan")}, "epochs should be a finite number, not nan"),
        ({"compile": 1}, "compile should be a valid boolean, not 1"),
        ({"seed": True}, "seed should be a valid integer, not True"),
        ({"seed": 1.5}, "seed should be a valid integer, not 1.5"),
        ({"dtype": "int8"}, "dtype should be 'bfloat16' or 'float32', not 'int8'"),
        ({"dtype": "float16"}, "not 'float16': mT5 and T5 overflow in float16"),
        ({"tasks": ["headline", "poem"]}, "tasks.1 is an unknown task 'poem' (known: headline, standfirst, bullet,"),
        ({"tasks": []}, "tasks is empty"),
        *(({key: 0}, f"{key} should be greater than 0, not 0") for key in ABOVE_0),
        *(({key: 0}, f"{key} should be greater than or equal to 1, not 0") for key in AT_LEAST_1),
        *(({key: -1}, f"{key} should be greater than or equal to 0, not -1") for key in AT_LEAST_0),
        *(({key: 2}, f"{key} should be less than or equal to 1, not 2") for key in SHARES),
        *(({key: -0.1}, f"{key} should be greater than or equal to 0, not -0.1") for key in SHARES),
        ({"batch_tokens": 100}, "at least max_source_tokens + max_target_tokens = 280, not 100"),
        ({"epochs": 0}, "hours is not set and epochs = 0: the run would not train"),
        ({"lora_rank": 8, "frozen_layers": 2}, "frozen_layers = 2 needs lora_rank = 0: adapters freeze every layer"),
        ({"generate_steps": 30}, "generate_steps should be a multiple of eval_steps = 25, not 30"),
        ({"best_by": "luck"}, "best_by should be 'loss' or 'texts', not 'luck'"),
        ({"best_by": "texts", "generate_steps": 0}, 'best_by = "texts" needs generate_steps and generate_rows'),
        ({"best_by": "texts", "generate_rows": 0}, 'best_by = "texts" needs generate_steps and generate_rows'),
        ({"source_weights": {"bbc": -1}}, "source_weights.bbc should be greater than or equal to 0, not -1"),
        ({"source_weights": {"bbc": "x"}}, "source_weights.bbc should be a valid number, not 'x'"),
        ({"source_weights": 2}, "source_weights should be a table, not 2"),
    ],
)
def test_a_recipe_that_cannot_run_is_refused(overrides: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_recipe(SMOKE, overrides)
    head, *mistakes = str(caught.value).split("\n")
    assert head == f"expected a recipe that can run; got {SMOKE}; correct it:"
    assert len(mistakes) == 1
    assert said in mistakes[0]


def test_questions_behind_a_reading_are_tasks() -> None:
    asked = ["headline", "standfirst", "bullet", "rank", "reached", "judge"]
    assert read_recipe(SMOKE, {"tasks": asked}).tasks == tuple(asked)


def test_all_mistakes_are_told_at_once_a_line_each() -> None:
    """Unknown keys, missing files, wrong types, values out of their limits and what does not work together."""
    wrong = {"dtype": "int3", "epochs": 0, "train": "nowhere", "seed": "x", "style_share": 2, "speed": 1}
    with pytest.raises(ConfigError) as caught:
        read_recipe(SMOKE, wrong)
    keys = ["train", "style_share", "dtype", "hours", "seed", "unknown key speed"]
    lines = str(caught.value).split("\n  ")[1:]
    assert len(lines) == len(keys)
    assert all(line.startswith(key) for line, key in zip(lines, keys, strict=True))


def test_what_has_no_default_must_be_set(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.touch()
    with pytest.raises(ConfigError) as caught:
        read_recipe(path)
    told = [f"{key} is not set" for key in ("checkpoint", "train", "heldout", "out")]
    assert str(caught.value).split("\n  ")[1:] == told


def test_a_recipe_comes_back_from_what_a_run_writes_of_it(tmp_path: Path) -> None:
    """Of a run whose rows are gone, too."""
    rows = tmp_path / "rows.jsonl"
    rows.touch()
    changes = {"extra": [str(rows)], "source_weights": {"bbc": 2}, "learning_rate": 1, "tasks": ["headline"]}
    recipe = read_recipe(SMOKE, changes)
    assert (recipe.extra, recipe.tasks, recipe.learning_rate) == ((str(rows),), ("headline",), 1.0)
    rows.unlink()
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe


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
    read_recipe(path, {"train": str(rows), "heldout": str(rows), "extra": [str(rows)]})


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
    recipe = read_recipe(SMOKE, {"learning_rate": 1.0, "warmup_share": 0.1, "final_share": 0.05})
    rates = [learning_rate(recipe, done / 100) for done in range(101)]
    assert rates[0] < rates[5] < rates[10] == pytest.approx(1.0)
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] == pytest.approx(0.05)


def test_progress_by_steps_or_by_the_clock() -> None:
    timed = read_recipe(SMOKE, {"hours": 1.0})
    assert progress(read_recipe(SMOKE), step=5, total_steps=10, trained_s=9e9) == 0.5
    assert progress(timed, step=10, total_steps=10, trained_s=1800) == 0.5
    assert progress(timed, step=0, total_steps=10, trained_s=4000) == 1.0
