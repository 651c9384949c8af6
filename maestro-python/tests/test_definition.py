"""The whole of a definition: every field, as JSON and as YAML."""

from __future__ import annotations

import importlib
import json
import random
import unittest
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from maestro_orchestrator import (
    DefinitionError,
    Each,
    Retry,
    SignalMatch,
    Workflow,
    announce,
    at_least,
    at_most,
    cron,
    expr,
    foreach,
    interval,
    less_than,
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
    yaml,
)
from maestro_orchestrator.retry import RetryLike


def everything() -> Workflow:
    """One of everything, with the same content as the Java module's everything.json."""
    with workflow(
        "daily.report",
        owner={"name": "data-platform", "AUTH_BLOB": "opaque"},
        access_control={"readers": ["everyone"]},
        run_strategy="parallel",
        workflow_concurrency=5,
        step_concurrency=50,
        alerting={"emails": ["${team}@example.org"], "tct": {"completed_by_hour": 6, "tz": "UTC"}},
        alerting_disabled=False,
        signal_trigger_disabled=False,
        time_trigger_disabled=True,
        name="Daily report",
        description="Loads every region, then reports",
        tags=["finance", {"name": "db", "namespace": "system", "colour": "red"}],
        timeout="6h",
        criticality="HIGH",
        instance_step_concurrency=20,
        triggers=[
            cron("0 6 * * *", "Europe/Berlin", fuzzy_max_delay="5min"),
            predefined("@hourly"),
            interval("90min", start=date(2026, 1, 1), end="2027-01-01", catch_up="LATEST"),
            on_signals(
                {
                    "db/orders": SignalMatch({"day": at_least(20260101)}, ["region"]),
                    "db/users": SignalMatch(join_keys=["area"]),
                },
                params={"who": "signal"},
                condition="1 < 2",
                dedup_expr="'once'",
            ),
        ],
    ) as wf:
        wf.param("team", "finance", mode="CONSTANT", validator="param != null")
        day = wf.param("day", expr("Util.tsToDateInt(RUN_TS)", "LONG"))
        wf.param("ratio", 0.25)
        wf.param("dry", False)
        wf.param("limit", 3)
        regions = wf.param("regions", ["eu", "us"], tags=["regional"])
        wf.param("labels", {"a": "b"})
        wf.param("nested", {"inner": [1, 2]})
        prepare = step(
            "prepare",
            "shell",
            sub_type="cleanup",
            sub_type_version="v2",
            name="Prepare",
            description="Makes room",
            tags=["db"],
            failure_mode="FAIL_IMMEDIATELY",
            timeout=timedelta(minutes=10),
            retry=Retry(
                errors=3,
                platform="$limit",
                timeouts=0,
                delay=Each(error=10),
                exponent=Each(error=2),
                max_delay=Each(error=600),
            ),
            wait_for=[signal("db/${team}", {"day": at_least(day), "kind": "full"})],
            signals=[announce("prepared", {"day": day}, payload={"by": ["x"]})],
            params={"script": "echo hello"},
        )
        with foreach(
            "each",
            over={"region": regions},
            failure_mode="IGNORE_FAILURE",
            concurrency=10,
            strict_ordering=True,
        ) as each:
            load = step("load", "noop")
            call = subworkflow("call", f"report-{each['region']}", sync=False, explicit_params=True)
            load.when("region != 'eu'") >> call
        with while_("poll", "i < 4", loop={"i": 1}) as poll:
            template("ask", "poller", version="v1")
        nothing = step("nothing", "NoOp")
        prepare >> each >> poll
        prepare.when("dry") >> nothing
    return wf


EVERYTHING: dict[str, Any] = {
    "properties": {
        "owner": {"name": "data-platform", "AUTH_BLOB": "opaque"},
        "access_control": {"readers": ["everyone"]},
        "run_strategy": {"rule": "PARALLEL", "workflow_concurrency": 5},
        "step_concurrency": 50,
        "alerting": {"emails": ["${team}@example.org"], "tct": {"completed_by_hour": 6, "tz": "UTC"}},
        "alerting_disabled": False,
        "signal_trigger_disabled": False,
        "time_trigger_disabled": True,
    },
    "workflow": {
        "id": "daily.report",
        "name": "Daily report",
        "description": "Loads every region, then reports",
        "tags": [{"name": "finance"}, {"name": "db", "namespace": "SYSTEM", "colour": "red"}],
        "timeout": "6h",
        "criticality": "HIGH",
        "instance_step_concurrency": 20,
        "time_triggers": [
            {
                "type": "CRON",
                "cron": "0 6 * * *",
                "timezone": "Europe/Berlin",
                "fuzzy_max_delay": "5min",
            },
            {"type": "PREDEFINED", "expression": "@hourly"},
            {
                "type": "INTERVAL",
                "interval": "90min",
                "start": "2026-01-01",
                "end": "2027-01-01",
                "catch_up": "LATEST",
            },
        ],
        "signal_triggers": [
            {
                "definitions": {
                    "db/orders": {
                        "match_params": {"day": {"value": 20260101, "operator": ">="}},
                        "join_keys": ["region"],
                    },
                    "db/users": {"join_keys": ["area"]},
                },
                "params": {"who": {"type": "STRING", "value": "signal"}},
                "condition": "1 < 2",
                "dedup_expr": "'once'",
            }
        ],
        "params": {
            "team": {
                "type": "STRING",
                "value": "finance",
                "mode": "CONSTANT",
                "validator": "param != null",
            },
            "day": {"type": "LONG", "expression": "Util.tsToDateInt(RUN_TS)"},
            "ratio": {"type": "DOUBLE", "value": 0.25},
            "dry": {"type": "BOOLEAN", "value": False},
            "limit": {"type": "LONG", "value": 3},
            "regions": {"type": "STRING_ARRAY", "value": ["eu", "us"], "tags": [{"name": "regional"}]},
            "labels": {"type": "STRING_MAP", "value": {"a": "b"}},
            "nested": {"type": "MAP", "value": {"inner": {"type": "LONG_ARRAY", "value": [1, 2]}}},
        },
        "steps": [
            {
                "step": {
                    "id": "prepare",
                    "type": "Shell",
                    "sub_type": "cleanup",
                    "sub_type_version": "v2",
                    "name": "Prepare",
                    "description": "Makes room",
                    "tags": [{"name": "db"}],
                    "failure_mode": "FAIL_IMMEDIATELY",
                    "timeout": 600,
                    "retry_policy": {
                        "error_retry_limit": 3,
                        "platform_retry_limit": "$limit",
                        "timeout_retry_limit": 0,
                        "backoff": {
                            "type": "EXPONENTIAL_BACKOFF",
                            "error_retry_backoff_in_secs": 10,
                            "error_retry_exponent": 2,
                            "error_retry_limit_in_secs": 600,
                        },
                    },
                    "signal_dependencies": [
                        {
                            "name": "db/${team}",
                            "match_params": {
                                "day": {"param": {"type": "LONG", "expression": "day"}, "operator": ">="},
                                "kind": {"param": {"type": "STRING", "value": "full"}, "operator": "="},
                            },
                        }
                    ],
                    "signal_outputs": [
                        {
                            "name": "prepared",
                            "params": {"day": {"type": "LONG", "expression": "day"}},
                            "payload": {"by": ["x"]},
                        }
                    ],
                    "params": {"script": {"type": "STRING", "value": "echo hello"}},
                    "transition": {"successors": {"each": "true", "nothing": "dry"}},
                }
            },
            {
                "foreach": {
                    "id": "each",
                    "failure_mode": "IGNORE_FAILURE",
                    "concurrency": 10,
                    "strict_ordering": True,
                    "params": {
                        "loop_params": {
                            "type": "MAP",
                            "value": {"region": {"type": "STRING_ARRAY", "expression": "regions"}},
                        }
                    },
                    "transition": {"successors": {"poll": "true"}},
                    "steps": [
                        {
                            "step": {
                                "id": "load",
                                "type": "NoOp",
                                "transition": {"successors": {"call": "region != 'eu'"}},
                            }
                        },
                        {
                            "subworkflow": {
                                "id": "call",
                                "sync": False,
                                "explicit_params": True,
                                "params": {"subworkflow_id": {"type": "STRING", "value": "report-${region}"}},
                            }
                        },
                    ],
                }
            },
            {
                "while": {
                    "id": "poll",
                    "condition": "i < 4",
                    "params": {"loop_params": {"type": "MAP", "value": {"i": {"type": "LONG", "value": 1}}}},
                    "steps": [{"template": {"id": "ask", "sub_type": "poller", "sub_type_version": "v1"}}],
                }
            },
            {"step": {"id": "nothing", "type": "NoOp"}},
        ],
    },
}


class DefinitionTest(unittest.TestCase):
    maxDiff = None

    def test_everything_that_a_definition_can_say_is_written_in_the_order_of_its_fields(self) -> None:
        found = everything().to_dict()
        self.assertEqual(found, EVERYTHING)
        self.assertEqual(json.dumps(found), json.dumps(EVERYTHING))

    def test_building_twice_gives_the_same(self) -> None:
        self.assertEqual(everything().to_json(), everything().to_json())
        wf = everything()
        self.assertEqual(wf.to_json(), wf.to_json())

    def test_what_is_given_out_is_not_what_is_kept(self) -> None:
        wf = everything()
        given = wf.to_dict()
        given["properties"]["owner"]["name"] = "somebody else"
        given["workflow"]["params"]["regions"]["value"].append("asia")
        self.assertEqual(wf.to_dict(), EVERYTHING)

    def test_durations_and_moments_have_many_forms(self) -> None:
        cases: list[tuple[Any, Any]] = [
            (90, 90),
            ("90", 90),
            ("1h 30min", "1h 30min"),
            ("${limit}s", "${limit}s"),
            (timedelta(hours=1), 3600),
            (timedelta(milliseconds=1500), "1500ms"),
        ]
        for given, expected in cases:
            with workflow("w", timeout=given) as wf:
                step("a", "NoOp")
            self.assertEqual(wf.to_dict()["workflow"]["timeout"], expected)
        noon = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
        with workflow("w", triggers=[cron("0 6 * * *", start=noon, end=1769860800000)]) as wf:
            step("a", "NoOp")
        trigger = wf.to_dict()["workflow"]["time_triggers"][0]
        self.assertEqual(trigger["start"], "2026-01-31T12:00:00+00:00")
        self.assertEqual(trigger["end"], "1769860800000")

    def test_outputs_are_parameters_with_the_least_value_of_their_type(self) -> None:
        with workflow("w") as wf:
            a = step("a", "Shell", outputs={"n": "LONG", "s": "STRING", "l": "LONG_ARRAY", "d": "DOUBLE"})
            self.assertEqual(a["n"].type, "LONG")
            with self.assertRaisesRegex(DefinitionError, "in params and in outputs"):
                step("b", "Shell", params={"n": 1}, outputs={"n": "LONG"})
        self.assertEqual(wf.to_dict()["workflow"]["steps"][0]["step"]["outputs"], ["n", "s", "l", "d"])
        self.assertEqual(
            wf.to_dict()["workflow"]["steps"][0]["step"]["params"],
            {
                "n": {"type": "LONG", "value": 0},
                "s": {"type": "STRING", "value": ""},
                "l": {"type": "LONG_ARRAY", "value": []},
                "d": {"type": "DOUBLE", "value": 0},
            },
        )

    def test_a_number_of_instances_alone_makes_them_run_in_parallel(self) -> None:
        with workflow("w", workflow_concurrency=3) as wf:
            step("a", "NoOp")
        self.assertEqual(
            wf.to_dict()["properties"]["run_strategy"], {"rule": "PARALLEL", "workflow_concurrency": 3}
        )

    def test_bounds_are_checked_at_their_line(self) -> None:
        mistakes: list[tuple[str, Callable[[], object]]] = [
            (
                "workflow_concurrency 1",
                lambda: workflow("w", run_strategy="sequential", workflow_concurrency=2),
            ),
            ("from 1 to 1000", lambda: workflow("w", step_concurrency=0)),
            ("from 1 to 999", lambda: workflow("w", instance_step_concurrency=1000)),
            ("run_strategy", lambda: workflow("w", run_strategy="fifo")),  # type: ignore[arg-type]
            ("found it in extra_info", lambda: workflow("w", extra_info={"workflow": {}})),
            ("description and tags", lambda: workflow("w", properties={"owner": "me"})),
            ("expected an owner", lambda: workflow("w", owner=" ")),
            ("percentage such as 10%", lambda: foreach("f", over={"i": [1]}, max_failures=-1)),
            ("percentage such as 10%", lambda: foreach("f", over={"i": [1]}, max_failures="101%")),
            ("percentage such as 10%", lambda: foreach("f", over={"i": [1]}, max_failures="some")),
            ("expected a tag", lambda: workflow("w", tags=["a;b"])),
            ("every tag once", lambda: workflow("w", tags=["a", {"name": "a"}])),
            ("expected a list", lambda: workflow("w", tags="abc")),
            ("zero or more", lambda: workflow("w", timeout=-1)),
            ("cron of 5 fields", lambda: cron("0 6 * *")),
            ("@hourly", lambda: predefined("@minutely")),  # type: ignore[arg-type]
            ("1 to 8 signals", lambda: on_signals({})),
            ("each with a SignalMatch", lambda: on_signals({"a": {"x": 1}})),  # type: ignore[dict-item]
            ("each with a SignalMatch", lambda: on_signals([1])),  # type: ignore[list-item]
            ("each with a SignalMatch", lambda: on_signals(signal("a"))),  # type: ignore[arg-type]
            (
                "same number of join_keys",
                lambda: on_signals({"a": SignalMatch(join_keys=["x"]), "b": None}),
            ),
            ("also in match", lambda: on_signals({"a": SignalMatch({"x": 1}, ["x"])})),
            ("text or a whole number", lambda: on_signals({"a": SignalMatch({"x": 1.5})})),
            ("at most one parameter", lambda: signal("a", {"x": more_than(1), "y": at_most(2)})),
            ("STRING or LONG", lambda: signal("a", {"x": less_than(1.5)})),
            ("STRING or LONG", lambda: announce("a", {"x": [1]})),
            ("a trigger such as", lambda: workflow("w", triggers=["daily"])),  # type: ignore[list-item]
        ]
        for message, mistake in mistakes:
            with self.subTest(message=message):
                with self.assertRaisesRegex(DefinitionError, message) as caught:
                    mistake()
                source = caught.exception.errors[0].source
                assert source is not None
                self.assertEqual(source.file, __file__)

    def test_retries_are_numbers_in_bounds_or_parameters(self) -> None:
        cases: list[tuple[RetryLike, Any]] = [
            (3, {"error_retry_limit": 3}),
            ("5", {"error_retry_limit": 5}),
            ("$n", {"error_retry_limit": "$n"}),
            (
                Retry(delay=5, backoff="fixed"),
                {
                    "backoff": {
                        "type": "FIXED_BACKOFF",
                        "error_retry_backoff_in_secs": 5,
                        "platform_retry_backoff_in_secs": 5,
                        "timeout_retry_backoff_in_secs": 5,
                    }
                },
            ),
        ]
        for retry, expected in cases:
            with workflow("w") as wf:
                step("a", "NoOp", retry=retry)
            self.assertEqual(wf.to_dict()["workflow"]["steps"][0]["step"]["retry_policy"], expected)
        for bad in (100, -1, "many", True, Retry(delay=90_000), Retry(exponent=2, backoff="fixed")):
            with self.subTest(bad=bad), workflow("w"), self.assertRaises(DefinitionError):
                step("a", "NoOp", retry=bad)


class CanonicalJsonTest(unittest.TestCase):
    def test_numbers_and_text_are_written_in_one_way(self) -> None:
        with workflow("w") as wf:
            numbers = [5.0, 0.1, 1e20, 1e-7, -0.0, Decimal("1.50"), Decimal("1E+3"), 1e19]
            step(
                "a", "NoOp", params={"d": param(numbers, "DOUBLE_ARRAY"), "t": 'é "\\\n\t\x01\x7f/\U0001f600'}
            )
        text = wf.to_json()
        lines = [line.strip().rstrip(",") for line in text.splitlines()]
        for expected in [
            "5.0",
            "0.1",
            "100000000000000000000.0",
            "0.0000001",
            "0.0",
            "1.5",
            "1000.0",
            '"value": "é \\"\\\\\\n\\t\\u0001\x7f/\U0001f600"',
        ]:
            self.assertIn(expected, lines)
        self.assertTrue(text.endswith("}\n"))
        self.assertEqual(json.loads(text)["workflow"]["id"], "w")

    def test_an_inactive_version_says_so(self) -> None:
        with workflow("w", is_active=False) as wf:
            step("a", "NoOp")
        self.assertEqual(json.loads(wf.to_json())["is_active"], False)


class YamlTest(unittest.TestCase):
    def test_it_reads_as_people_write(self) -> None:
        with workflow("w", owner="me", triggers=[cron("0 6 * * *")]) as wf:
            step("a", "Shell", params={"script": "set -e\n\necho 'hi: there'\n", "on": "yes", "rows": 1})
        self.assertEqual(
            wf.to_yaml(),
            """\
properties:
  owner: me
workflow:
  id: w
  time_triggers:
    - type: CRON
      cron: "0 6 * * *"
  steps:
    - step:
        id: a
        type: Shell
        params:
          script:
            type: STRING
            value: |
              set -e

              echo 'hi: there'
          "on":
            type: STRING
            value: "yes"
          rows:
            type: LONG
            value: 1
""",
        )

    def test_any_reader_reads_the_same_document(self) -> None:
        try:
            reader = importlib.import_module("yaml")
        except ImportError:
            self.skipTest("PyYAML is not installed; nothing else needs it")
        self.assertEqual(reader.safe_load(everything().to_yaml()), EVERYTHING)
        seed = random.randrange(2**32)
        chance = random.Random(seed)
        for _ in range(2_000):
            document = {"d": random_tree(chance, 4)}
            text = yaml.write(document)
            with self.subTest(seed=seed, text=text):
                self.assertEqual(reader.safe_load(text), document)


WORDS = ["no", "on", "~", "null", "1", "0x1f", "1e3", ".5", "2026-01-01", "-", "- a", "a: b", "a #b", "!t"]
WORDS += ["", " ", "\n", "\n\n", "a\n", "a\nb", " a\nb", "a\n\n", "\ta\nb", "a \nb ", "a\n \nb", "a\r\nb"]
WORDS += ["é", "\x85", "\u2028x\ny", "\ufeff", "\U0001f600", '"', "'", "\\", "%", "@x", "`", "*a", "&a", "?"]
WORDS += ["{", "[", "a,b", "|", ">", "=", "<<", "y", "N", "True", "a b", "a  b", "a.b/c-d_e", "${x}", "_1"]


def random_tree(chance: random.Random, depth: int) -> Any:
    kind = chance.randrange(8 if depth else 5)
    if kind < 2:
        return chance.choice(WORDS) + (chance.choice(WORDS) if chance.random() < 0.3 else "")
    if kind == 2:
        return chance.randrange(-(2**63), 2**63)
    if kind == 3:
        return chance.random() * 10 ** chance.randrange(-9, 9)
    if kind == 4:
        return chance.choice([True, False])
    if kind == 5:
        return [random_tree(chance, depth - 1) for _ in range(chance.randrange(4))]
    return {random_tree_key(chance): random_tree(chance, depth - 1) for _ in range(chance.randrange(4))}


def random_tree_key(chance: random.Random) -> str:
    return chance.choice(WORDS)


if __name__ == "__main__":
    unittest.main()
