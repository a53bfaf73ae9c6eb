"""What the package says of its licences, and that it carries the texts that they ask for."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def carried() -> set[str]:
    """The files that the patterns of ``license-files`` name."""
    return {str(path.relative_to(ROOT)) for pattern in PROJECT["license-files"] for path in ROOT.glob(pattern)}


@pytest.mark.parametrize("part", ["Apache-2.0", "LicenseRef-Gemma-Terms-of-Use", "OFL-1.1", "MIT", "BSD-3-Clause"])
def test_the_expression_names_all_that_the_wheel_carries(part: str) -> None:
    assert part in canonicalize_license_expression(PROJECT["license"]).split(" AND ")


@pytest.mark.parametrize("pattern", PROJECT["license-files"])
def test_every_pattern_finds_a_file(pattern: str) -> None:
    assert list(ROOT.glob(pattern))


def test_every_licence_and_notice_of_the_package_is_among_them() -> None:
    names = ("*LICENSE*", "OFL-*", "NOTICE", "GEMMA_TERMS*")
    found = {str(path.relative_to(ROOT)) for name in names for path in (ROOT / "summarizer").rglob(name)}
    assert found
    assert found <= carried()


def test_the_notice_says_what_the_corpora_say() -> None:
    manifest = json.loads((ROOT / "summarizer/model/manifest.json").read_text(encoding="utf-8"))
    corpora = manifest["source"]["data"]["corpora"]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    card = (ROOT / "summarizer/model/MODEL_CARD.md").read_text(encoding="utf-8")
    assert any("research only" in licence for licence in corpora.values())
    assert "research only" in notice
    assert all(f"| {name} | {licence} |" in card for name, licence in corpora.items())


def test_the_card_says_of_which_years_the_news_is() -> None:
    manifest = json.loads((ROOT / "summarizer/model/manifest.json").read_text(encoding="utf-8"))
    first, last = (day[:4] for day in manifest["source"]["data"]["dates"])
    card = (ROOT / "summarizer/model/MODEL_CARD.md").read_text(encoding="utf-8")
    assert 1990 < int(first) < int(last) <= 2100
    assert f"news of {first} to {last}." in card
