"""What is counted, in Prometheus' spelling."""

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Gauge, Metrics


def read(text: bytes) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = text_string_to_metric_families(text.decode())
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for each in families for one in each.samples}


def test_everything_counted_can_be_read_by_the_library() -> None:
    metrics = Metrics()
    metrics.event("browser", "done", 0.02)
    metrics.event("browser", "done", -3.0)
    metrics.send("browser", "sent", 0.2, 1.5)
    metrics.send("browser", "uncertain", 9.0)
    metrics.batch(64, 0.003)
    metrics.job("daily_lesson", 7.0)
    metrics.job_failed("daily_lesson")
    metrics.backup(made=True)
    found = read(metrics.text([Gauge("zhibu_budget_left", "…", ("platform",), {("browser",): 30})]))
    platform = (("platform", "browser"),)
    assert found["zhibu_events_total", (("platform", "browser"), ("result", "done"))] == 2
    assert found["zhibu_inbox_lag_seconds_sum", platform] == 0.02, "a clock that runs ahead is no lag"
    assert found["zhibu_inbox_lag_seconds_bucket", (("le", "0.025"), *platform)] == 2
    assert found["zhibu_sends_total", (*platform, ("result", "uncertain"))] == 1
    assert found["zhibu_outbox_lag_seconds_count", platform] == 1, "only what arrived has a lag"
    assert found["zhibu_batch_size_bucket", (("le", "64.0"),)] == 1
    assert found["zhibu_batch_size_bucket", (("le", "32.0"),)] == 0
    assert found["zhibu_job_lateness_seconds_bucket", (("job", "daily_lesson"), ("le", "5.0"))] == 0
    assert found["zhibu_job_lateness_seconds_bucket", (("job", "daily_lesson"), ("le", "+Inf"))] == 1
    assert found["zhibu_job_failures_total", (("job", "daily_lesson"),)] == 1
    assert found["zhibu_backups_total", (("result", "made"),)] == 1
    assert found["zhibu_budget_left", platform] == 30
    assert ("process_resident_memory_bytes", ()) in found
