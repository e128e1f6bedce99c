"""What is counted while the program runs, and its spelling for Prometheus.

A label never holds a name, a chat, a number of anybody: only platforms, jobs, states and results. Counting costs a lock and an
addition; the library is only loaded when somebody asks, which spares a start 60 ms.
"""

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.core import Metric

Labels = tuple[str, ...]

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_SIZES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)
_LATE = (1.0, 5.0, 20.0, 60.0, 300.0, 3600.0, 14400.0, 86400.0)


@dataclass(slots=True)
class Counter:
    """Something that only grows."""

    name: str
    about: str
    labels: Labels
    values: dict[Labels, float] = field(default_factory=dict)

    def add(self, labels: Labels, amount: float = 1.0) -> None:
        """So much more."""
        self.values[labels] = self.values.get(labels, 0.0) + amount


@dataclass(slots=True)
class Histogram:
    """How often something was how large. `bounds` are the upper ends of its buckets; the last one is open."""

    name: str
    about: str
    labels: Labels
    bounds: Sequence[float]
    counts: dict[Labels, list[int]] = field(default_factory=dict)
    sums: dict[Labels, float] = field(default_factory=dict)

    def add(self, labels: Labels, value: float) -> None:
        """One more of this size."""
        counts = self.counts.setdefault(labels, [0] * (len(self.bounds) + 1))
        counts[bisect_left(self.bounds, value)] += 1
        self.sums[labels] = self.sums.get(labels, 0.0) + value


class Metrics:
    """The counts of one running program. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events = Counter("zhibu_events", "Events that a platform handed over, by what came of them.", ("platform", "result"))
        self._inbox = Histogram("zhibu_inbox_lag_seconds", "From the moment something was said until its commit.", ("platform",), _SECONDS)
        self._sends = Counter("zhibu_sends", "Letters handed to a platform, by what came of them.", ("platform", "result"))
        self._sending = Histogram("zhibu_send_seconds", "How long a platform took for a letter.", ("platform",), _SECONDS)
        self._outbox = Histogram("zhibu_outbox_lag_seconds", "From the moment a letter was due until it arrived.", ("platform",), _SECONDS)
        self._sizes = Histogram("zhibu_batch_size", "Errands in one commit of the database.", (), _SIZES)
        self._commits = Histogram("zhibu_batch_seconds", "How long one transaction of the database took.", (), _SECONDS)
        self._late = Histogram("zhibu_job_lateness_seconds", "How long after it was due a job ran.", ("job",), _LATE)
        self._failed = Counter("zhibu_job_failures", "Jobs that failed and are tried again.", ("job",))
        self._backups = Counter("zhibu_backups", "Automatic back-ups, by whether they were made.", ("result",))

    def event(self, platform: str, result: str, lag: float) -> None:
        """An event was dealt with: `done`, `repeated`, `refused`, `failed`, `unstored`. `lag`: seconds since it was said."""
        with self._lock:
            self._events.add((platform, result))
            self._inbox.add((platform,), max(0.0, lag))

    def send(self, platform: str, result: str, seconds: float, lag: float | None = None) -> None:
        """A letter was handed to a platform. `lag`: seconds since it was due, where it arrived."""
        with self._lock:
            self._sends.add((platform, result))
            self._sending.add((platform,), seconds)
            if lag is not None:
                self._outbox.add((platform,), max(0.0, lag))

    def batch(self, size: int, seconds: float) -> None:
        """A transaction was committed: how many errands were in it, and how long it took. What `Database(observe=…)` is given."""
        with self._lock:
            self._sizes.add((), size)
            self._commits.add((), seconds)

    def job(self, job: str, late: float) -> None:
        """An occurrence of a job ran so many seconds after it was due."""
        with self._lock:
            self._late.add((job,), max(0.0, late))

    def job_failed(self, job: str) -> None:
        """A job failed and will be tried again."""
        with self._lock:
            self._failed.add((job,))

    def backup(self, *, made: bool) -> None:
        """An automatic back-up was made, or failed."""
        with self._lock:
            self._backups.add(("made" if made else "failed",))

    def _families(self) -> "Iterator[Metric]":
        from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily  # noqa: PLC0415  see above

        with self._lock:
            for each in (self._events, self._sends, self._failed, self._backups):
                counter = CounterMetricFamily(each.name, each.about, labels=each.labels)
                for labels, value in each.values.items():
                    counter.add_metric(labels, value)
                yield counter
            for one in (self._inbox, self._outbox, self._sending, self._sizes, self._commits, self._late):
                histogram = HistogramMetricFamily(one.name, one.about, labels=one.labels)
                for labels, counts in one.counts.items():
                    histogram.add_metric(labels, buckets=list(_cumulated(one.bounds, counts)), sum_value=one.sums[labels])
                yield histogram

    def text(self, gauges: Iterable["Gauge"] = ()) -> bytes:
        """Everything in Prometheus' text format, with present values that were read for it."""
        from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector, generate_latest  # noqa: PLC0415  see above

        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Families([*self._families(), *map(_family, gauges)]))
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        return generate_latest(registry)


@dataclass(frozen=True, slots=True)
class Gauge:
    """Present values of something, by the values of its labels."""

    name: str
    about: str
    labels: Labels
    values: Mapping[Labels, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Families:
    """What the library calls a collector."""

    families: "list[Metric]"

    def collect(self) -> "list[Metric]":
        return self.families


def _family(gauge: Gauge) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415  see above

    family = GaugeMetricFamily(gauge.name, gauge.about, labels=gauge.labels)
    for labels, value in gauge.values.items():
        family.add_metric(labels, value)
    return family


def _cumulated(bounds: Sequence[float], counts: Sequence[int]) -> Iterator[tuple[str, float]]:
    """Prometheus' buckets hold everything up to their bound."""
    total = 0
    for bound, count in zip([*map(str, bounds), "+Inf"], counts, strict=True):
        total += count
        yield bound, total
