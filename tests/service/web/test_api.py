"""The API as a client meets it: answers, refusals, limits, documents, metrics."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from summarizer.backends.extractive import Extractive
from summarizer.config import InputLimits
from summarizer.service.settings import ServiceSettings
from summarizer.service.web import answers, events
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
    assert blocks.pop(0) == ["retry: 3000"]
    assert [lines[0] for lines in blocks] == [f"id: {number}" for number in range(1, len(blocks) + 1)]
    names = [lines[1].removeprefix("event: ") for lines in blocks]
    data = [json.loads(lines[2].removeprefix("data: ")) for lines in blocks]
    assert names == ["article", "headline", "standfirst", *["bullet"] * 5, "done"]
    whole = httpx.post(f"{service}/v1/brief", json={"text": seed}).json()
    assert without_time(data[-1]) == without_time(whole)
    assert data[0] == {"model": whole["model"], "warnings": whole["warnings"]}
    assert data[1] == whole["headline"]
    assert sorted(data[3:-1], key=_text) == sorted(whole["bullets"], key=_text)


def test_a_client_that_lost_the_connection_gets_what_it_has_not_seen(service: str, seed: str) -> None:
    headers = {"Last-Event-ID": "5"}
    body = httpx.post(f"{service}/v1/brief/events", json={"text": seed}, headers=headers, timeout=30).text
    assert [line for line in body.split("\n") if line.startswith("id: ")] == ["id: 6", "id: 7", "id: 8", "id: 9"]


def test_a_silent_stream_is_kept_open() -> None:
    async def slowly() -> AsyncGenerator[int]:
        yield 1
        await asyncio.sleep(0.25)
        yield 2

    async def gathered() -> list[int | None]:
        return [found async for found in events._with_heartbeat(slowly(), 0.1)]

    found = asyncio.run(gathered())
    assert [one for one in found if one] == [1, 2]
    assert found[1:-1] == [None] * (len(found) - 2)
    assert len(found) > 2


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
        "/v1/wording", "/v1/file", "/health/live", "/health/ready", "/metrics",
    }  # fmt: skip
    example = document["components"]["schemas"]["BriefIn"]["examples"][0]["text"]
    assert example == EXAMPLE_TEXT
    assert BriefIn(text=example).read(InputLimits()).sentences
    found = document["paths"]["/v1/brief"]["post"]["responses"]
    assert set(found) == {"200", "400", "401", "408", "413", "415", "422", "429", "500", "503", "504"}
    assert "application/problem+json" in found["422"]["content"]
    assert "Problem" in document["components"]["schemas"]
    assert set(document["components"]["securitySchemes"]) == {"bearer", "key", "basic"}
    assert {} in document["security"], "this service asks for no key"
    assert document["info"]["license"]["identifier"] == "Apache-2.0"
    assert found["429"]["headers"].keys() == found["503"]["headers"].keys() == {"Retry-After"}
    operations = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert {"write_brief", "check_statements", "list_models"} <= set(operations)
    assert len(set(operations)) == len(operations)


def test_every_example_is_an_answer_in_arabic(service: str) -> None:
    document = httpx.get(f"{service}/openapi.json").json()
    for path, name in (
        ("brief", "BriefOut"),
        ("headline", "HeadlinesOut"),
        ("briefs", "BriefsOut"),
        ("check", "CheckOut"),
        ("wording", "WordingsOut"),
    ):
        for status, answer in document["paths"][f"/v1/{path}"]["post"]["responses"].items():
            (content,) = answer["content"].values()
            made = getattr(answers, name if status == "200" else "Problem").model_validate(content["example"])
            assert any("\u0600" < char < "\u06ff" for char in made.model_dump_json())
            assert status == "200" or content["example"]["status"] == int(status)
    stream = document["paths"]["/v1/brief/events"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    assert stream["example"].startswith("retry: ")
    assert "event: done" in stream["example"]


def test_a_request_has_a_name(service: str) -> None:
    own = httpx.get(f"{service}/nothing", headers={"X-Request-ID": "desk-7"})
    assert own.headers["x-request-id"] == own.json()["request_id"] == "desk-7"
    for sent in ("a b", "x" * 129, "<b>"):
        given = httpx.get(f"{service}/nothing", headers={"X-Request-ID": sent}).headers["x-request-id"]
        assert re.fullmatch("[0-9a-f]{16}", given)
    names = {httpx.get(f"{service}/health/live").headers["x-request-id"] for _ in range(3)}
    assert len(names) == 3


def test_under_a_path_of_the_proxys_and_for_scripts_of_other_pages(serve: Any) -> None:
    settings = ServiceSettings(page=False, root_path="/mujaz", cors_origins=("https://news.example",), keys=("k" * 20,))
    key = {"X-API-Key": "k" * 20, "Origin": "https://news.example"}
    with serve(settings) as address:
        for under in ("", "/mujaz"):
            for path in ("/v1/models", "/docs", "/openapi.json", "/house/mujaz.svg"):
                answer = httpx.get(f"{address}{under}{path}", headers=key)
                assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, key["Origin"])
            assert httpx.get(f"{address}{under}/health/ready").status_code == 200
            assert httpx.post(f"{address}{under}/v1/brief", content=b"x", headers=key).status_code == 415
        asked = {"Origin": key["Origin"], "Access-Control-Request-Method": "POST"}
        assert httpx.options(f"{address}/v1/brief", headers=asked).status_code == 200
        stranger = httpx.get(f"{address}/v1/models", headers={**key, "Origin": "https://other.example"})
        assert "access-control-allow-origin" not in stranger.headers
        document = httpx.get(f"{address}/openapi.json", headers=key).json()
        assert document["servers"] == [{"url": "/mujaz"}]
        assert {} not in document["security"], "this service asks for a key"


@pytest.mark.parametrize("path", ["/v1/models", "/health/live", "/health/ready", "/metrics", "/docs", "/openapi.json"])
def test_head_is_get_without_its_body(service: str, path: str) -> None:
    head, get = httpx.head(service + path), httpx.get(service + path)
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


def test_long_answers_are_zipped_for_those_who_can_read_it(service: str) -> None:
    zipped = httpx.get(f"{service}/openapi.json", headers={"Accept-Encoding": "gzip"})
    plain = httpx.get(f"{service}/openapi.json", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.json() == plain.json()
    assert int(zipped.headers["content-length"]) < len(plain.content) / 2


@pytest.mark.parametrize(
    "kind", ["text/plain; charset=utf-8", "application/x-www-form-urlencoded", "", "نص", "application/xml"]
)
def test_another_type_than_json_is_415_with_a_hint(service: str, kind: str) -> None:
    for path in ("brief", "brief/events", "headline", "briefs", "check"):
        sent = {"content-type": kind.encode()} if kind else {}
        answer = httpx.post(f"{service}/v1/{path}", content=b'{"text": "x"}', headers=sent)
        assert (answer.status_code, answer.headers["accept-post"]) == (415, "application/json")
        assert "application/json" in answer.json()["detail"]
        assert answer.json()["type"] == "urn:mujaz:problem:not-json"


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON", "application/vnd.news+json"])
def test_json_under_its_other_names_is_read(service: str, kind: str) -> None:
    body = json.dumps({"text": EXAMPLE_TEXT, "statements": ["نص"]}).encode()
    assert httpx.post(f"{service}/v1/check", content=body, headers={"content-type": kind}).status_code == 200


def test_the_articles_own_sentences_can_be_had_from_any_service(serve: Any) -> None:
    class Model(Extractive):
        """Another name, so that the service takes it for something else."""

        name = "a-model"

    from summarizer.service.queue.memory import Remembering

    with serve(ServiceSettings(backend="default", page=False), lambda: Remembering(Model())) as address:
        models = httpx.get(f"{address}/v1/models").json()
        assert [one["id"] for one in models["models"]] == ["a-model", "extractive"]
        for model, name in (("default", "a-model"), ("a-model", "a-model"), ("extractive", "extractive")):
            sent = {"text": EXAMPLE_TEXT, "model": model, "style": "plain"}
            for path in ("brief", "headline"):
                answer = httpx.post(f"{address}/v1/{path}", json=sent, timeout=60)
                assert (answer.status_code, answer.json()["model"]) == (200, name)
        unknown = httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT, "model": "gpt"})
        assert (unknown.status_code, unknown.json()["type"]) == (422, "urn:mujaz:problem:unknown-name")


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
