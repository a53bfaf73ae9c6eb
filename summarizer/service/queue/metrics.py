"""Prometheus metrics of one service. Labels are routes, statuses and rungs: never anything a client wrote."""

from __future__ import annotations

import functools

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from summarizer.schema import Brief
from summarizer.service.queue.writers import Written

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
_SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)


class Metrics:
    """The service's counters, in a registry of their own, so that several services may live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        counter = functools.partial(Counter, namespace="mujaz", registry=self.registry)
        gauge = functools.partial(Gauge, namespace="mujaz", registry=self.registry)
        histogram = functools.partial(Histogram, namespace="mujaz", registry=self.registry)
        self.requests = counter("requests", "HTTP requests, by route and status", ("method", "route", "status"))
        self.seconds = histogram("request_seconds", "Time to the end of the response", ("route",), buckets=_SECONDS)
        self.refused = counter("refused", "Work turned down or given up, by reason", ("reason",))
        self.queue_depth = gauge("queue_depth", "Articles admitted and not yet being written")
        self.batch_size = histogram("batch_articles", "Articles a batch", buckets=_SIZES)
        self.batch_seconds = histogram("batch_seconds", "Time to write a batch", buckets=_SECONDS)
        self.tokens = counter("tokens", "Tokens of the backend, read and written", ("direction",))
        self.statements = counter(
            "statements", "Accepted statements, by task and rung of the ladder", ("task", "method")
        )
        self.unsupported = counter("unsupported_statements", "Statements with a claim not in the source")

    def count_brief(self, brief: Brief) -> None:
        """Count the rungs that a brief's statements reached."""
        for statement in brief.statements:
            self.statements.labels(statement.task.value, statement.method).inc()
            if not statement.support.supported:
                self.unsupported.inc()

    def count_written(self, made: Written) -> None:
        """Count what was written of one article."""
        if isinstance(made.answer, Brief):
            self.count_brief(made.answer)
            self.tokens.labels("read").inc(made.read)
            self.tokens.labels("written").inc(made.written)

    def page(self) -> bytes:
        """Everything in the text format that Prometheus scrapes."""
        return generate_latest(self.registry)
