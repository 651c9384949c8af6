"""The corpus that YAML, Python and Java share: the same workflow gives the same bytes in each."""

from __future__ import annotations

import sys
import unittest
from collections.abc import Callable
from datetime import date
from pathlib import Path

from maestro_orchestrator import (
    Each,
    Retry,
    SignalMatch,
    Workflow,
    announce,
    at_least,
    chain,
    cron,
    escape,
    expr,
    foreach,
    interval,
    more_than,
    on_signals,
    param,
    predefined,
    signal,
    step,
    subworkflow,
    template,
    while_,
    workflow,
)

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "maestro-dsl/src/test/resources/golden"
# These are about ways to write YAML, not about definitions.
ONLY_YAML = {"21-json-form"}


def minimal() -> Workflow:
    with workflow("minimal") as wf:
        step("only", "NoOp")
    return wf


def properties() -> Workflow:
    with workflow(
        "properties",
        name="All properties",
        description="What a workflow can say about itself.\nIn two lines.\n",
        owner="tester",
        run_strategy="parallel",
        workflow_concurrency=5,
        step_concurrency=50,
        instance_step_concurrency=20,
        tags=["finance", {"name": "gold", "namespace": "USER_DEFINED", "colour": "yellow"}],
        timeout="6h",
        criticality="HIGH",
        properties={"description": "Belongs to all versions"},
        alerting={"emails": ["team@example.org"], "tct": {"completed_by_hour": 6, "tz": "UTC"}},
        time_trigger_disabled=True,
        is_active=False,
        git_info={"branch": "main", "sha": "121ef7b"},
        extra_info={"source": "golden"},
    ) as wf:
        step("only", "NoOp")
    return wf


def param_types() -> Workflow:
    with workflow(
        "param-types",
        params={
            "text": "hello",
            "number": 42,
            "negative": -7,
            "big": 9223372036854775807,
            "ratio": 0.25,
            "whole_ratio": param(5, "DOUBLE"),
            "tiny": 1e-7,
            "flag": True,
            "zip": "01234",
            "answer": "no",
            "day": "2021-01-01",
            "names": ["a", "b"],
            "numbers": [1, 2, 3],
            "ratios": [1, 2.5],
            "flags": [True, False],
            "none": [],
            "no_numbers": param([], "LONG_ARRAY"),
            "labels": {"team": "data", "stage": "prod"},
            "no_labels": param({}, "STRING_MAP"),
            "nothing": {},
            "settings": {
                "image": "python:3",
                "retries": 3,
                "nested": {"deep": [1, 2]},
                "computed": expr("1 + 2", "LONG"),
            },
            "typed": param({"a": "x"}, "MAP"),
        },
    ) as wf:
        step("only", "NoOp")
    return wf


def param_modes() -> Workflow:
    with workflow("param-modes") as wf:
        wf.param("a", 1, mode="MUTABLE")
        wf.param("b", 1, mode="MUTABLE_ON_START")
        wf.param("c", 1, mode="MUTABLE_ON_START_RESTART")
        wf.param("d", 1, mode="IMMUTABLE")
        wf.param("e", 1, mode="CONSTANT")
        wf.param("f", expr("a + 1", "LONG", mode="CONSTANT"))
        wf.param("g", expr("'text ' + a", "STRING"))
        wf.param("h", expr("Util.dateIntsBetween(20200101, 20200110, 1)", "LONG_ARRAY"))
        wf.param("i", expr("a * 0.5", "DOUBLE"))
        wf.param("j", expr("a > 0", "BOOLEAN"))
        wf.param("checked", 5, mode="IMMUTABLE", validator="param > 0", tags=["important"])
        step("only", "NoOp", params={"local": expr("a + 1", "LONG")})
    return wf


def sequential() -> Workflow:
    with workflow("sequential") as wf:
        chain(step("first", "NoOp"), step("second", "NoOp"), step("third", "NoOp"))
    return wf


def conditions() -> Workflow:
    with workflow("conditions", params={"x": 15}) as wf:
        decide, negative, zero, positive, join = (
            step(id, "NoOp") for id in ("decide", "negative", "zero", "positive", "join")
        )
        decide.when("x < 0") >> negative
        decide.when("x == 0") >> zero
        decide.otherwise() >> positive
        [negative, zero] >> join
        positive.when("params.getFromStep('decide', 'y') > 0") >> join
    return wf


def needs() -> Workflow:
    with workflow("needs") as wf:
        extract = step("extract", "NoOp")
        left = step("left", "NoOp", needs=[extract])
        right = step("right", "NoOp", needs=["extract"])
        step("report", "NoOp", needs=[left, right])
    return wf


def handlers() -> Workflow:
    with workflow("handlers") as wf:
        step("load", "Shell", params={"script": "./load"})
        with wf.on_failure as failure:
            what = f"{failure['failed_step']}: {failure['failed_error']}"
            tell = step("tell", "Shell", params={"script": f"./tell '{what}'"})
            step("file_ticket", "NoOp", needs=[tell])
        with wf.on_success:
            step("celebrate", "NoOp")
        with wf.on_end as end:
            step("clean", "Shell", params={"script": f"./clean {end['run_status']}"})
    return wf


def dag() -> Workflow:
    with workflow("dag", params={"size": 5}) as wf:
        a, b, c, d = (step(id, "NoOp") for id in "abcd")
        a >> b >> d
        a.when("size > 3") >> c >> d
    return wf


def loops() -> Workflow:
    with workflow("foreach") as wf:
        dates = expr("Util.dateIntsBetween(20210101, 20210201, 1)", "LONG_ARRAY")
        days = step("days", "NoOp", params={"dates": dates})
        with foreach(
            "each_day",
            over={
                "date": days["dates"],
                "region": ["eu", "us"],
                "hour": range(24),
                "part": range(10, 100, 10),
            },
            concurrency=10,
            strict_ordering=True,
            params={"table": "orders"},
        ) as each_day:
            text = f'echo "{each_day["date"]} {each_day["hour"]} {each_day["region"]}"'
            load = step("load", "Shell", params={"script": text})
            with foreach("each_shard", over={"shard": [1, 2, 3]}, max_failures="10%"):
                step("check", "NoOp") >> step("move", "NoOp")
        days >> each_day
        assert load in each_day.steps
    return wf


def loop_with_condition() -> Workflow:
    with workflow("while") as wf:
        with while_("poll", "attempt < 10 && !done", loop={"attempt": 1, "done": False}):
            params = {"attempt": expr("attempt + 1", "LONG"), "done": expr("attempt > 5", "BOOLEAN")}
            step("ask", "NoOp", params=params)
    return wf


def subworkflows() -> Workflow:
    with workflow("subworkflow") as wf:
        subworkflow("validation")
        subworkflow(
            "other",
            "somebody-elses",
            version=7,
            sync=False,
            explicit_params=True,
            params={"day": 20210101},
        )
        subworkflow("dynamic", expr("'load-' + region", "STRING"), params={"region": "eu"})
    return wf


def retries() -> Workflow:
    with workflow("retries") as wf:
        wf.param("tries", 3)
        step("simple", "NoOp", retry=3)
        step("computed", "NoOp", retry="$tries", timeout="${tries}min")
        step(
            "kinds",
            "NoOp",
            timeout=90,
            retry=Retry(errors=3, platform=10, timeouts=1, delay=60, exponent=2, max_delay=3600),
        )
        step("fixed", "NoOp", retry=Retry(errors=2, backoff="fixed", delay=30))
        step(
            "exact",
            "NoOp",
            failure_mode="IGNORE_FAILURE",
            retry=Retry(errors=5, delay=Each(error=10), exponent=Each(platform=3)),
        )
    return wf


def time_triggers() -> Workflow:
    with workflow("time-triggers") as wf:
        wf.trigger(cron("0 6 * * *", "Europe/Berlin", fuzzy_max_delay="5min"))
        wf.trigger(predefined("@daily"))
        start = date(2026, 1, 1)
        wf.trigger(interval("90min", start=start, end="2027-01-01T00:00:00Z", catch_up="LATEST"))
        wf.trigger(interval(7200, catch_up="NONE"))
        step("only", "NoOp")
    return wf


def signal_triggers() -> Workflow:
    with workflow("signal-triggers") as wf:
        wf.trigger(on_signals("db/orders"))
        users = SignalMatch({"kind": "full", "watermark": at_least(12345)}, join_keys=["region"])
        wf.trigger(on_signals({"db/users": users}))
        wf.trigger(
            on_signals(
                {
                    "db/orders": SignalMatch({"day": more_than(20260101)}, ["region"]),
                    "db/users": SignalMatch(join_keys=["area"]),
                },
                condition="1 < 2",
                dedup_expr="'once'",
                params={
                    "who": "signal",
                    "day": expr("params.getFromSignal('db/orders', 'day')", "LONG"),
                },
            )
        )
        wf.trigger(on_signals(["a", "b"]))
        step("only", "NoOp")
    return wf


def signals() -> Workflow:
    with workflow("signals") as wf:
        region = wf.param("region", "eu")
        today = expr("Util.tsToDateInt(RUN_TS)", "LONG")
        step(
            "load",
            "NoOp",
            wait_for=[
                "db/orders",
                signal(f"db/users/{region}", {"region": str(region), "day": at_least(today)}),
            ],
            signals=[
                "reports/started",
                announce(
                    "reports/loaded",
                    {"region": "eu", "day": today},
                    payload={"rows": [1, 2], "by": "load", "empty": None},
                ),
            ],
        )
    return wf


def outputs() -> Workflow:
    with workflow("outputs") as wf:
        count = step(
            "count",
            "Shell",
            params={"script": "echo counting"},
            outputs={
                "message": "STRING",
                "rows": "LONG",
                "ratio": "DOUBLE",
                "ok": "BOOLEAN",
                "dates": "LONG_ARRAY",
                "labels": "STRING_MAP",
                "more": "MAP",
            },
        )
        guess = step("guess", "Shell", params={"script": "echo guessing", "rows": 10, "region": "eu"})
        report = step("report", "Shell", params={"script": "echo ${rows@count} ${region@guess}"})
        [count, guess] >> report
    return wf


def templates() -> Workflow:
    with workflow("templates") as wf:
        template("by_type", "ingest", version="v1", params={"table": "orders"})
        notebook = {"input_path": "demo.ipynb"}
        step(
            "by_sub_type",
            "Notebook",
            sub_type="shell",
            sub_type_version="v2",
            params={"notebook": notebook},
        )
        template("by_wrapper", "ingest", version="v1")
    return wf


def article() -> Workflow:
    with workflow("demo.pipeline", params={"FROM_DATE": 20210101, "TO_DATE": 20220101}) as wf:
        dates = expr("Util.dateIntsBetween(FROM_DATE, TO_DATE, 1);", "LONG_ARRAY")
        step1 = step("step1", "NoOp", params={"dates": dates})
        with foreach("step2", over={"date": step1["dates"]}) as step2:
            notebook = {"input_path": "s3://path/to/notebook.ipynb"}
            step("backfill", "Notebook", params={"notebook": notebook, "arg1": "$date"})
        step1 >> step2
    return wf


def text() -> Workflow:
    with workflow(
        "text",
        params={
            "quotes": 'it\'s "quoted"',
            "backslash": "C:\\temp",
            "colon": "a: b",
            "hash": "a #b",
            "block": "line one\n  indented\n\nlast\n",
            "folded": "one line",
            "unicode": "äöü ☃ 😀",
            "escape": "tab\there \x07 bell",
            "empty": "",
            "blank": " ",
            "null_text": "null",
            "number_text": "5",
            "dollar": escape("costs $5"),
            "url": "https://example.org/a?b=c&d=e#f",
        },
    ) as wf:
        step("only", "NoOp")
    return wf


def http_and_kubernetes() -> Workflow:
    with workflow(
        "http-and-kubernetes",
        owner={"name": "tester", "AUTH_BLOB": "opaque"},
        run_strategy="STRICT_SEQUENTIAL",
    ) as wf:
        call = step(
            "call",
            "Http",
            params={
                "http": {
                    "url": "http://localhost:8080/api/v3/workflows",
                    "method": "POST",
                    "headers": {"Content-Type": "application/json"},
                    "body": "{}",
                },
                "state_expr": 'if (status_code == 404) return "DONE"; else return "FATAL_ERROR";\n',
            },
        )
        pod = step(
            "pod",
            "kubernetes",
            name="A pod",
            description="Prints two words",
            tags=["cluster-a"],
            failure_mode="FAIL_IMMEDIATELY",
            params={
                "kubernetes": {
                    "image": "busybox",
                    "command": ["echo"],
                    "args": ["hello", "world"],
                    "env": {"A": "b"},
                }
            },
        )
        call >> pod
    return wf


BUILDERS: dict[str, Callable[[], Workflow]] = {
    "01-minimal": minimal,
    "02-properties": properties,
    "03-param-types": param_types,
    "04-param-modes": param_modes,
    "05-sequential": sequential,
    "06-conditions": conditions,
    "07-needs": needs,
    "08-dag": dag,
    "09-foreach": loops,
    "10-while": loop_with_condition,
    "11-subworkflow": subworkflows,
    "12-retries": retries,
    "13-time-triggers": time_triggers,
    "14-signal-triggers": signal_triggers,
    "15-signals": signals,
    "16-outputs": outputs,
    "17-templates": templates,
    "18-article": article,
    "19-text": text,
    "20-http-and-kubernetes": http_and_kubernetes,
    "22-handlers": handlers,
}


@unittest.skipUnless(GOLDEN.is_dir(), "the corpus is not here")
class GoldenTest(unittest.TestCase):
    maxDiff = None

    def test_python_gives_the_bytes_of_the_corpus(self) -> None:
        pairs = sorted(GOLDEN.glob("*.json"))
        self.assertGreater(len(pairs), 0)
        for pair in pairs:
            if pair.stem in ONLY_YAML:
                continue
            builder = BUILDERS.get(pair.stem)
            if builder is None:
                print(f"maestro-python: golden/{pair.stem} is not built in Python yet", file=sys.stderr)
                continue
            with self.subTest(pair.stem):
                self.assertEqual(builder().to_json(), pair.read_bytes().decode("utf-8"))

    def test_nothing_is_built_in_vain(self) -> None:
        self.assertEqual(set(BUILDERS) - {pair.stem for pair in GOLDEN.glob("*.json")}, set())


if __name__ == "__main__":
    unittest.main()
