"""The API as a client meets it: answers, refusals, limits, documents, metrics."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from summarizer.backends.extractive import Extractive
from summarizer.config import InputLimits
from summarizer.service.settings import ServiceSettings
from summarizer.service.web.contract import EXAMPLE_TEXT, BriefIn

ROOT = Path(__file__).resolve().parents[3]
SEED = ROOT / "seeds" / "islamic-state-last-pocket.txt"


def without_time(brief: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in brief.items() if key != "timing_s"}


def test_the_api_answers_what_the_command_prints(service: str, seed: str) -> None:
    command = [sys.executable, "-m", "summarizer.service.cli", "brief", str(SEED), "--json", "--backend", "extractive"]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=120).stdout)
    answer = httpx.post(f"{service}/v1/brief", json={"text": seed}, timeout=30)
    assert answer.status_code == 200
    assert without_time(answer.json()) == without_time(printed)
    assert len(answer.json()["bullets"]) == 5


def test_title_and_body_apart(service: str) -> None:
    answer = httpx.post(f"{service}/v1/brief", json={"title": "حدائق جديدة", "body": EXAMPLE_TEXT, "bullets": 1})
    brief = answer.json()
    assert answer.status_code == 200, brief
    assert len(brief["bullets"]) == 1
    for statement in [brief["headline"], brief["standfirst"], *brief["bullets"]]:
        for source in statement["sources"]:
            assert EXAMPLE_TEXT[source["start"] : source["end"]] == source["text"]


def test_headlines_to_choose_from(service: str, seed: str) -> None:
    answer = httpx.post(f"{service}/v1/headline", json={"text": seed, "count": 4}).json()
    texts = [headline["text"] for headline in answer["headlines"]]
    brief = httpx.post(f"{service}/v1/brief", json={"text": seed}).json()
    assert texts[0] == brief["headline"]["text"]
    assert 2 <= len(texts) <= 4
    assert len(set(texts)) == len(texts)


def test_one_bad_article_costs_the_others_nothing(service: str, seed: str) -> None:
    sent = [{"text": seed}, {"text": "An English text, and nothing else at all."}, {"text": EXAMPLE_TEXT}]
    answer = httpx.post(f"{service}/v1/briefs", json={"articles": sent}, timeout=30).json()["briefs"]
    alone = [httpx.post(f"{service}/v1/brief", json=one).json() for one in sent]
    assert [("brief" in item, "problem" in item) for item in answer] == [(True, False), (False, True), (True, False)]
    assert without_time(answer[0]["brief"]) == without_time(alone[0])
    assert without_time(answer[2]["brief"]) == without_time(alone[2])
    assert answer[1]["problem"]["type"] == alone[1]["type"] == "urn:mujaz:problem:not-arabic"


def test_events_come_in_order_and_end_with_the_same_brief(service: str, seed: str) -> None:
    with httpx.stream("POST", f"{service}/v1/brief/events", json={"text": seed}) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        body = answer.read().decode()
    blocks = [block.split("\n") for block in body.strip().split("\n\n")]
    names = [lines[0].removeprefix("event: ") for lines in blocks]
    data = [json.loads(lines[1].removeprefix("data: ")) for lines in blocks]
    assert names == ["headline", "standfirst", *["bullet"] * 5, "done"]
    whole = httpx.post(f"{service}/v1/brief", json={"text": seed}).json()
    assert without_time(data[-1]) == without_time(whole)
    assert data[0] == whole["headline"]
    assert sorted(data[2:-1], key=_text) == sorted(whole["bullets"], key=_text)


def _text(statement: dict[str, Any]) -> str:
    return str(statement["text"])


LONG = "نص " * 40_000
REFUSED = [
    ("no body", b"", 422, "invalid-request"),
    ("no JSON", b"{", 400, "unreadable-request"),
    ("not UTF-8", b'{"text": "\xff\xfe"}', 400, "unreadable-request"),
    ("a list", b"[]", 422, "invalid-request"),
    ("nothing in it", b"{}", 422, "invalid-request"),
    ("both forms", b'{"text": "a", "body": "b"}', 422, "invalid-request"),
    ("title with text", b'{"text": "a", "title": "b"}', 422, "invalid-request"),
    ("an unknown field", b'{"text": "a", "url": "http://x"}', 422, "invalid-request"),
    ("a wrong type", b'{"text": 5}', 422, "invalid-request"),
    ("too many bullets", b'{"text": "a", "bullets": 13}', 422, "invalid-request"),
    ("negative bullets", b'{"text": "a", "bullets": -1}', 422, "invalid-request"),
    ("empty text", b'{"text": "   "}', 422, "empty-input"),
    ("English", b'{"text": "Only English here."}', 422, "not-arabic"),
    ("a lone surrogate", b'{"text": "\\ud800"}', 422, "invalid-request"),
    ("deep", b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", None, None),
    ("too long", json.dumps({"text": LONG}, ensure_ascii=False).encode(), 422, "invalid-request"),
    ("broken record", '{"text": "{\\"body\\": 5, \\"title\\": \\"عنوان\\"}"}'.encode(), 422, None),
]


@pytest.mark.parametrize(("name", "body", "status", "slug"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_used_is_a_problem(
    service: str, name: str, body: bytes, status: int | None, slug: str | None
) -> None:
    answer = httpx.post(f"{service}/v1/brief", content=body, headers={"content-type": "application/json"}, timeout=30)
    assert answer.status_code == status or (status is None and answer.status_code in (400, 422))
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert slug is None or problem["type"] == f"urn:mujaz:problem:{slug}"
    assert any("\u0600" < char < "\u06ff" for char in problem["detail_ar"])
    assert len(answer.content) < 3_000


def test_the_limit_on_characters_is_named(service: str) -> None:
    problem = httpx.post(f"{service}/v1/brief", json={"text": LONG}).json()
    assert "100000" in problem["detail"]
    assert problem["errors"][0]["field"] == "text"


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_of_more_than_two_megabytes_is_refused(service: str, chunked: bool) -> None:
    block = b"x" * 100_000
    content = iter([block] * 21) if chunked else block * 21
    answer = httpx.post(f"{service}/v1/brief", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert "2,000,000" in answer.json()["detail"]


def test_unknown_routes_and_methods_are_problems(service: str) -> None:
    assert httpx.get(f"{service}/v2").json()["type"] == "urn:mujaz:problem:not-found"
    answer = httpx.get(f"{service}/v1/brief")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


def test_a_client_that_dribbles_is_answered_408(serve: Any) -> None:
    with serve(ServiceSettings(page=False, body_timeout_s=0.3)) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as client:
            client.sendall(b"POST /v1/brief HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
            assert b" 408 " in client.recv(4096).split(b"\r\n")[0] + b" "


def test_an_early_leaver_disturbs_nobody(service: str, seed: str) -> None:
    host, port = service.removeprefix("http://").split(":")
    body = json.dumps({"text": seed}).encode()
    head = (
        f"POST /v1/brief HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    for sent in (head.encode(), head.encode() + body[:50], head.encode() + body):
        with socket.create_connection((host, int(port)), timeout=10) as client:
            client.sendall(sent)
    assert httpx.post(f"{service}/v1/brief", json={"text": EXAMPLE_TEXT}, timeout=30).status_code == 200


def test_ready_only_once_the_model_is_loaded(serve: Any) -> None:
    def slowly() -> Extractive:
        time.sleep(1)
        return Extractive()

    with serve(ServiceSettings(page=False), slowly, wait=False) as address:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                live = httpx.get(f"{address}/health/live")
                break
            except httpx.TransportError:
                time.sleep(0.02)
        assert live.status_code == 200
        early = httpx.get(f"{address}/health/ready")
        refused = httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT})
        assert (early.status_code, refused.status_code) == (503, 503)
        assert refused.headers["retry-after"] == "5"
        time.sleep(1.2)
        assert httpx.get(f"{address}/health/ready").status_code == 200


def test_the_document_shows_arabic_and_every_problem(service: str) -> None:
    document = httpx.get(f"{service}/openapi.json").json()
    assert set(document["paths"]) == {
        "/v1/brief", "/v1/brief/events", "/v1/headline", "/v1/briefs", "/v1/check", "/v1/models",
        "/health/live", "/health/ready", "/metrics",
    }  # fmt: skip
    example = document["components"]["schemas"]["BriefIn"]["examples"][0]["text"]
    assert example == EXAMPLE_TEXT
    assert BriefIn(text=example).read(InputLimits()).sentences
    answers = document["paths"]["/v1/brief"]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "408", "413", "422", "429", "500", "503", "504"}
    assert "application/problem+json" in answers["422"]["content"]
    assert "Problem" in document["components"]["schemas"]


def test_the_documentation_page_loads_nothing_from_outside(service: str) -> None:
    page = httpx.get(f"{service}/docs")
    assert page.status_code == 200
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert httpx.get(f"{service}/house/swagger-ui/swagger-ui-bundle.js").status_code == 200


def test_metrics_count_requests_rungs_and_batches(service: str, seed: str) -> None:
    httpx.post(f"{service}/v1/brief", json={"text": seed})
    httpx.get(f"{service}/no-such-route-{time.time()}")
    page = httpx.get(f"{service}/metrics")
    assert page.headers["content-type"].startswith("text/plain")
    for line in (
        'mujaz_requests_total{method="POST",route="/v1/brief",status="200"}',
        'mujaz_statements_total{method="extractive",task="bullet"}',
        'mujaz_tokens_total{direction="read"}',
        "mujaz_batch_articles_count",
        "mujaz_queue_depth 0.0",
    ):
        assert line in page.text
    assert "no-such-route" not in page.text
    assert 'route="other",status="404"' in page.text


def test_responses_keep_browsers_at_home_and_cors_is_off(service: str) -> None:
    answer = httpx.get(f"{service}/v1/models", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["limits"]["article_chars"] == 100_000
