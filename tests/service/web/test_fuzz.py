"""Whatever is sent, the API answers as its own document says, and never with an unexpected 5xx."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from summarizer.service.web.contract import EXAMPLE_TEXT

ROUTES = [
    ("POST", "/v1/brief"),
    ("POST", "/v1/brief/events"),
    ("POST", "/v1/headline"),
    ("POST", "/v1/briefs"),
    ("POST", "/v1/check"),
    ("POST", "/v1/wording"),
    ("POST", "/v1/file"),
    ("GET", "/v1/models"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
]
FEW = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    # A GET without parameters cannot be wrong.
    [(*route, mode) for route in ROUTES for mode in GenerationMode if mode.value == "positive" or route[0] == "POST"],
)
def test_the_api_keeps_to_its_document(service: str, method: str, path: str, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_url(f"{service}/openapi.json", timeout=60)
    operation = schema[path][method]

    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500
        # The document cannot say what Arabic is: a random text that fits it may still be no article.
        excluded = [positive_data_acceptance, *([negative_data_rejection] if answer.status_code == 413 else [])]
        case.validate_response(answer, excluded_checks=excluded)

    check()


#: What breaks parsers: bidi controls, joiners, lone marks, astral letters, tag characters, very long words.
HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\u202e\u200f\u200d\u0640\u064b\ufdfa\ufeff\U000e0041\U0001f468\x00\x1b\u2028«»\"'\\/<>{}$`"),
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
    ),
    max_size=300,
)
ODD = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_subnormal=False) | st.integers() | HOSTILE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@FEW
@given(noise=HOSTILE, bullets=st.none() | st.integers(0, 12))
def test_hostile_unicode_in_an_article_is_briefed_or_refused(service: str, noise: str, bullets: int | None) -> None:
    half = len(EXAMPLE_TEXT) // 2
    text = EXAMPLE_TEXT[:half] + noise + EXAMPLE_TEXT[half:]
    answer = httpx.post(f"{service}/v1/brief", json={"text": text, "bullets": bullets}, timeout=30)
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        brief = answer.json()
        for statement in [brief["headline"], brief["standfirst"], *brief["bullets"]]:
            for source in statement["sources"]:
                assert len(source["text"]) == source["end"] - source["start"]


@FEW
@given(sent=ODD)
def test_wrong_types_are_refused(service: str, sent: Any) -> None:
    for path, body in (("/v1/brief", sent), ("/v1/brief", {"text": sent}), ("/v1/briefs", {"articles": sent})):
        data, kind = json.dumps(body).encode("utf-8", errors="replace"), {"content-type": "application/json"}
        answer = httpx.post(service + path, content=data, headers=kind, timeout=30)
        assert answer.status_code in (400, 422) or (answer.status_code == 200 and isinstance(sent, str))
        assert answer.json()


@FEW
@given(data=st.binary(max_size=400), kind=st.sampled_from(["application/json", "text/plain", "x", ""]))
def test_any_bytes_are_answered(service: str, data: bytes, kind: str) -> None:
    answer = httpx.post(f"{service}/v1/brief", content=data, headers={"content-type": kind}, timeout=30)
    assert answer.status_code in (400, 415, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_huge_field_is_refused_quickly(service: str) -> None:
    for body in ({"text": "ن" * 900_000}, {"articles": [{"text": "نص"}] * 33}, {"a" * 1_000_000: 1}):
        path = "/v1/briefs" if "articles" in body else "/v1/brief"
        answer = httpx.post(service + path, json=body, timeout=30)
        assert answer.status_code == 422
        assert len(answer.content) < 3_000
