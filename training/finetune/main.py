"""Fine-tune a checkpoint to write headlines, standfirsts and bullets, by one recipe.

python -m training.finetune training/recipes/mujaz-270m.toml               # start
python -m training.finetune training/recipes/mujaz-270m.toml --resume      # go on after a kill or Ctrl-C
python -m training.finetune training/recipes/mujaz-270m.toml --dry-run     # tokens, steps, memory, hours
python -m training.finetune training/recipes/arabart.toml --model FOLDER   # another checkpoint
torchrun --nproc_per_node 4 -m training.finetune training/recipes/mujaz-270m.toml   # or accelerate launch
python -m training.merge OUT --to FOLDER                                   # the result as a checkpoint
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import MujazError
from training.finetune.dry_run import estimate
from training.finetune.recipe import parse_overrides, read_recipe
from training.finetune.run import Finetune


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code (0 also after a clean stop by SIGTERM or Ctrl-C)."""
    parser = argparse.ArgumentParser(prog="training.finetune", description="Fine-tune by a recipe.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--resume", action="store_true", help="go on from the last state in the out folder")
    parser.add_argument("--dry-run", action="store_true", help="print tokens, steps, memory and hours, then stop")
    parser.add_argument("--limit", type=int, default=0, help="read only the first N rows of each training file")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override a key (TOML value)")
    parser.add_argument("--model", help="folder or hub id, instead of the recipe's checkpoint")
    options = parser.parse_args(arguments)
    overrides = parse_overrides(options.set) | ({"checkpoint": options.model} if options.model else {})
    try:
        recipe = read_recipe(options.recipe, overrides)
        run = Finetune(recipe, options.resume, options.limit, weights=not options.dry_run)
        if options.dry_run:
            print(json.dumps(estimate(run), indent=1))
            return 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(run, "stopping", True))
        place = run.run()
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    how = "stopped; go on with --resume" if run.stopping else "finished"
    print(f"{how}: step {place.step}, best held-out loss {place.best_loss:.4f}, in {run.out}", file=sys.stderr)
    return 0
