"""A page to read: leaderboard with intervals, plots, and articles beside what the systems wrote.

    python -m eval.report runs/xlsum runs/easc --out report.html

Writes one self-contained HTML page (no network, no script but for sorting) and beside it the Markdown table, with
the suffix .md. The page holds article text: it is for reading, not for publishing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from eval.command import guarded, positive
from eval.report.board import leaderboard, plots
from eval.report.cards import articles
from eval.report.data import Section, gather
from eval.tables import markdown, signatures

_TEMPLATE = Path(__file__).with_name("report.html")
_LEGEND = "".join(
    f'<mark class="claim-{kind}">{kind}</mark>' for kind in ("number", "date", "name", "quote", "negation")
)


def page(sections: Sequence[Section], title: str) -> str:
    """The whole page, one part a run."""
    commits = sorted({section.results["git_commit"][:10] for section in sections})
    machines = sorted({section.results["machine"] for section in sections})
    about = f"commit <code>{escape(', '.join(commits))}</code> · {escape('; '.join(machines))}"
    links = "".join(f'<a href="#run{i}">{_name(section)}</a>' for i, section in enumerate(sections))
    parts = "".join(_section(section, f"run{i}") for i, section in enumerate(sections))
    template = Template(_TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(title=escape(title), about=about, links=links, sections=parts)


def _section(section: Section, anchor: str) -> str:
    record = section.results["benchmark"]
    left_out = "".join(f" · {count} left out: {escape(reason)}" for reason, count in record["excluded"].items())
    listed = "".join(f"<li><code>{escape(text)}</code></li>" for text in signatures(section.results))
    shown = f'<p class="legend note">Not found in the article: {_LEGEND}</p>' if section.rows else ""
    return (
        f'<h2 id="{anchor}">{_name(section)}</h2><p class="about">{record["rows"]} articles · SHA-256 '
        f"<code>{record['digest'][:12]}…</code> · licence: {escape(record['licence'])}{left_out}</p>"
        f"<h3>Leaderboard</h3>{leaderboard(section)}<h3>Plots</h3>{plots(section)}"
        f"<h3>Articles</h3>{shown}{articles(section)}"
        f'<h3>Signatures</h3><ul class="signatures">{listed}</ul>'
    )


def _name(section: Section) -> str:
    record = section.results["benchmark"]
    return escape(f"{record['name']}: {record['task']}")


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="eval.report", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="folders of eval.run")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: report.html in the first folder")
    parser.add_argument("--articles", type=positive, default=12, metavar="N", help="articles shown a run (default 12)")
    parser.add_argument("--title", default="Mujaz: evaluation")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    arguments = parser.parse_args(argv)
    sections = [gather(folder, arguments.data, arguments.articles) for folder in arguments.folders]
    out = arguments.out or arguments.folders[0] / "report.html"
    out.write_text(page(sections, arguments.title), encoding="utf-8")
    tables = "\n".join(f"### {_name(section)}\n\n{markdown(section.results)}" for section in sections)
    out.with_suffix(".md").write_text(tables, encoding="utf-8")
    for section in sections:
        if section.note:
            print(f"eval.report: {section.note}", file=sys.stderr)
    print(out)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.report", _main, argv)
