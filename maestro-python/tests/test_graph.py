"""Edges, levels, and where things are built."""

from __future__ import annotations

import unittest
from typing import Any

from maestro_orchestrator import (
    DefinitionError,
    Step,
    Workflow,
    chain,
    foreach,
    step,
    subworkflow,
    while_,
    workflow,
)


def edges(wf: Workflow) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}

    def visit(steps: list[dict[str, Any]]) -> None:
        for wrapped in steps:
            for fields in wrapped.values():
                found[fields["id"]] = fields.get("transition", {}).get("successors", {})
                visit(fields.get("steps", []))

    visit(wf.to_dict()["workflow"]["steps"])
    return found


def noop(id: str) -> Step:
    return step(id, "NoOp")


class EdgesTest(unittest.TestCase):
    def test_steps_are_joined_one_after_the_other_or_several_at_once(self) -> None:
        with workflow("w") as wf:
            a, b, c, d, e = (noop(id) for id in "abcde")
            a >> [b, c] >> d >> e
        self.assertEqual(
            edges(wf),
            {
                "a": {"b": "true", "c": "true"},
                "b": {"d": "true"},
                "c": {"d": "true"},
                "d": {"e": "true"},
                "e": {},
            },
        )

    def test_a_list_may_be_on_the_left(self) -> None:
        with workflow("w") as wf:
            a, b, c = (noop(id) for id in "abc")
            [a, b] >> c
        self.assertEqual(edges(wf), {"a": {"c": "true"}, "b": {"c": "true"}, "c": {}})

    def test_needs_and_chain_are_other_ways_to_say_it(self) -> None:
        with workflow("w") as wf:
            a, b = noop("a"), noop("b")
            chain(a, b, noop("c"), step("d", "NoOp", needs=[a, "b"]))
        self.assertEqual(
            edges(wf),
            {"a": {"d": "true", "b": "true"}, "b": {"d": "true", "c": "true"}, "c": {"d": "true"}, "d": {}},
        )

    def test_conditions_and_what_they_leave_over(self) -> None:
        with workflow("w") as wf:
            a, b, c, d = (noop(id) for id in "abcd")
            a.when("n > 5") >> b
            a.when("n < 0") >> c
            a.otherwise() >> d
        self.assertEqual(edges(wf)["a"], {"b": "n > 5", "c": "n < 0", "d": "!((n > 5) || (n < 0))"})

    def test_otherwise_needs_a_condition_beside_it(self) -> None:
        with workflow("w") as wf:
            a, b = noop("a"), noop("b")
            a.otherwise() >> b
        with self.assertRaisesRegex(DefinitionError, "expected a condition beside otherwise"):
            wf.to_dict()

    def test_the_same_edge_twice_is_one_edge_but_not_with_another_condition(self) -> None:
        with workflow("w") as wf:
            a, b = noop("a"), noop("b")
            a >> b
            a >> b
            with self.assertRaisesRegex(DefinitionError, r"the first is at .*test_graph.py:\d+"):
                a.when("x > 1") >> b
        self.assertEqual(edges(wf)["a"], {"b": "true"})

    def test_a_cycle_is_refused_where_it_closes_and_shown(self) -> None:
        with workflow("w"):
            a, b, c = (noop(id) for id in "abc")
            a >> b >> c
            with self.assertRaisesRegex(DefinitionError, "found c -> a -> b -> c"):
                c >> a
            with self.assertRaisesRegex(DefinitionError, "found a -> a"):
                a >> a

    def test_edges_do_not_leave_a_loop_or_a_workflow(self) -> None:
        with workflow("w"):
            outer = noop("outer")
            with foreach("loop", over={"i": [1]}):
                inner = noop("inner")
            with self.assertRaisesRegex(DefinitionError, "cross the border"):
                outer >> inner
        with workflow("v"):
            other = noop("other")
            with self.assertRaisesRegex(DefinitionError, "cross the border"):
                outer >> other

    def test_only_steps_can_be_joined(self) -> None:
        with workflow("w"):
            a = noop("a")
            with self.assertRaisesRegex(DefinitionError, "both ends of >>, found <step a> and 'b'"):
                a >> ["b"]  # type: ignore[list-item]
            with self.assertRaisesRegex(DefinitionError, "an earlier step of the same level"):
                step("b", "NoOp", needs=["c"])
            with self.assertRaisesRegex(DefinitionError, "expected a list"):
                step("d", "NoOp", needs=a)  # type: ignore[arg-type]


class LevelsTest(unittest.TestCase):
    def test_steps_belong_to_the_innermost_block(self) -> None:
        with workflow("w") as wf:
            noop("before")
            with foreach("each", over={"i": [1]}) as each:
                noop("in_each")
                with while_("again", "n < 3", loop={"n": 0}) as again:
                    noop("in_again")
            noop("after")
        self.assertEqual([s.id for s in wf.steps], ["before", "each", "after"])
        self.assertEqual([s.id for s in each.steps], ["in_each", "again"])
        self.assertEqual([s.id for s in again.steps], ["in_again"])

    def test_a_block_can_be_entered_again(self) -> None:
        with workflow("w") as wf:
            noop("a")
        with wf:
            noop("b")
        self.assertEqual([s.id for s in wf.steps], ["a", "b"])

    def test_an_error_in_a_block_leaves_the_one_around_it_in_place(self) -> None:
        with workflow("w") as wf:
            with self.assertRaises(ZeroDivisionError), foreach("each", over={"i": [1]}):
                _ = 1 // 0
            noop("a")
        self.assertEqual([s.id for s in wf.steps], ["each", "a"])
        with self.assertRaisesRegex(DefinitionError, "inside of"):
            noop("nowhere")

    def test_an_id_occurs_once_over_all_levels(self) -> None:
        with workflow("w"):
            noop("a")
            with (
                foreach("each", over={"i": [1]}),
                self.assertRaisesRegex(DefinitionError, r'found "a" also at .*test_graph.py:\d+'),
            ):
                noop("a")

    def test_ids_follow_the_servers_rules(self) -> None:
        for id in ["", "1a", "a b", "a__b", "maestro_a", "a/b", "ä", "a" * 129, 5]:
            with self.subTest(id=id), workflow("w"), self.assertRaises(DefinitionError):
                noop(id)  # type: ignore[arg-type]
        for id in ["", "a b", "-a", "maestro_a", "a_maestro", "a" * 129, None]:
            with self.subTest(id=id), self.assertRaises(DefinitionError):
                workflow(id)  # type: ignore[arg-type]
        with workflow("1.a-b_c"):
            noop("_a.b-c_1")

    def test_a_workflow_and_a_loop_have_at_least_one_step(self) -> None:
        with workflow("w") as wf:
            pass
        with self.assertRaisesRegex(DefinitionError, "at least one step in the workflow"):
            wf.to_dict()
        with wf:
            foreach("each", over={"i": [1]})
        with self.assertRaisesRegex(DefinitionError, 'at least one step in the loop "each"'):
            wf.to_dict()

    def test_there_are_at_most_a_thousand_steps(self) -> None:
        with workflow("w") as wf:
            before = noop("s0")
            for i in range(1, 1_000):
                before = before >> noop(f"s{i}")
            with self.assertRaisesRegex(DefinitionError, "at most 1000 steps"):
                noop("more")
        self.assertEqual(len(wf.to_dict()["workflow"]["steps"]), 1_000)


class StepsTest(unittest.TestCase):
    def test_types_are_written_in_any_case(self) -> None:
        with workflow("w") as wf:
            step("a", "noop")
            step("b", "SHELL")
            step("c", "of-tomorrow")
        steps = wf.to_dict()["workflow"]["steps"]
        self.assertEqual([s["step"]["type"] for s in steps], ["NoOp", "Shell", "of-tomorrow"])

    def test_a_wrapper_is_not_a_type(self) -> None:
        with workflow("w"), self.assertRaisesRegex(DefinitionError, r"use while_\(…\)"):
            step("a", "While")

    def test_an_unknown_option_is_refused(self) -> None:
        with workflow("w"), self.assertRaisesRegex(TypeError, "tiemout"):
            step("a", "NoOp", tiemout=5)  # type: ignore[call-arg]

    def test_loop_parameters_must_be_arrays_or_scalars(self) -> None:
        with workflow("w"):
            with self.assertRaisesRegex(DefinitionError, "expected an array"):
                foreach("a", over={"i": 1})
            with self.assertRaisesRegex(DefinitionError, "at least one array"):
                foreach("b", over={})
            with self.assertRaisesRegex(DefinitionError, "expected a scalar"):
                while_("c", "true", loop={"i": [1]})
            with self.assertRaisesRegex(DefinitionError, "concurrency from 1 to 500"):
                foreach("d", over={"i": [1]}, concurrency=501)

    def test_a_subworkflow_is_named_by_text(self) -> None:
        with workflow("w") as wf:
            child = subworkflow("child", "other", version=3, params={"x": 1})
            with self.assertRaisesRegex(DefinitionError, "to be a STRING"):
                subworkflow("bad", 5)
        params = wf.to_dict()["workflow"]["steps"][0]["subworkflow"]["params"]
        self.assertEqual(list(params), ["subworkflow_id", "subworkflow_version", "x"])
        self.assertEqual(params["subworkflow_version"], {"type": "STRING", "value": "3"})
        self.assertEqual(
            child.output("last", "rows", "LONG").sel,
            "params.getFromSubworkflow('child', 'last', 'rows')",
        )

    def test_a_step_and_a_workflow_are_no_lists(self) -> None:
        with workflow("w") as wf:
            a = noop("a")
        for thing in (a, wf):
            with self.assertRaises(TypeError):
                list(thing)  # type: ignore[call-overload]


class SourcesTest(unittest.TestCase):
    def test_an_option_that_nobody_knows_gets_a_hint(self) -> None:
        with workflow("w"):
            with self.assertRaisesRegex(TypeError, "no option timeot; did you mean timeout?"):
                step("a", "NoOp", timeot="1h")  # type: ignore[call-arg]
            with self.assertRaisesRegex(TypeError, r"no option script; a parameter goes into params=\{'script'"):
                step("b", "Shell", script="ls")  # type: ignore[call-arg]

    def test_every_place_knows_its_line(self) -> None:
        with workflow("w") as wf:
            a = step(
                "a",
                "NoOp",
                params={"x": 1},
            )
            b = noop("b")
            a >> b

        lines = {
            "/workflow/name": "with workflow",
            "/workflow/steps/0/step/type": "a = step(",
            "/workflow/steps/0/step/params/x/value": "a = step(",
            "/workflow/steps/1/step/id": "return step(id",
            "/workflow/steps/0/step/transition/successors/b": "a >> b",
        }
        with open(__file__, encoding="utf-8") as file:
            code = file.read().splitlines()
        for pointer, expected in lines.items():
            source = wf.source_of(pointer)
            assert source is not None
            self.assertEqual(source.file, __file__)
            self.assertIn(expected, code[source.line - 1])


if __name__ == "__main__":
    unittest.main()
