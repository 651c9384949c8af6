"""Parameters: what plain values become, what is refused, and references."""

from __future__ import annotations

import unittest
from decimal import Decimal
from typing import Any

from maestro_orchestrator import DefinitionError, Ref, escape, expr, foreach, param, step, workflow


def params_of(**params: Any) -> Any:
    with workflow("w") as wf:
        made = step("a", "NoOp", params=params)
    assert made in wf.steps
    return wf.to_dict()["workflow"]["steps"][0]["step"]["params"]


class PlainValuesTest(unittest.TestCase):
    def test_a_plain_value_gets_the_type_it_looks_like(self) -> None:
        cases: list[tuple[Any, str]] = [
            ("text", "STRING"),
            ("", "STRING"),
            (5, "LONG"),
            (-(2**63), "LONG"),
            (True, "BOOLEAN"),
            (0.5, "DOUBLE"),
            (Decimal("0.10"), "DOUBLE"),
            (["a"], "STRING_ARRAY"),
            (("a", "b"), "STRING_ARRAY"),
            ([], "STRING_ARRAY"),
            ([1, 2], "LONG_ARRAY"),
            ([1.5], "DOUBLE_ARRAY"),
            ([1, 2.5], "DOUBLE_ARRAY"),
            ([True, False], "BOOLEAN_ARRAY"),
            ({"a": "b"}, "STRING_MAP"),
            ({"a": 1}, "MAP"),
            ({}, "MAP"),
        ]
        for value, expected in cases:
            with self.subTest(value=value):
                self.assertEqual(params_of(x=value)["x"]["type"], expected)

    def test_a_dict_of_different_values_is_a_map_of_parameters(self) -> None:
        self.assertEqual(
            params_of(x={"n": 1, "deep": {"s": "t"}, "e": expr("n + 1", "LONG")})["x"],
            {
                "type": "MAP",
                "value": {
                    "n": {"type": "LONG", "value": 1},
                    "deep": {"type": "STRING_MAP", "value": {"s": "t"}},
                    "e": {"type": "LONG", "expression": "n + 1"},
                },
            },
        )

    def test_what_a_step_type_reads_is_a_map_even_if_all_of_it_is_text(self) -> None:
        found = params_of(http={"url": "http://example.org"})["http"]
        self.assertEqual(found["type"], "MAP")
        self.assertEqual(found["value"]["url"], {"type": "STRING", "value": "http://example.org"})

    def test_a_range_is_made_by_the_server(self) -> None:
        self.assertEqual(
            params_of(x=range(0, 100_000, 2))["x"],
            {"type": "LONG_ARRAY", "expression": "Util.intsBetween(0, 100000, 2)"},
        )
        self.assertEqual(params_of(x=range(3, 0, -1))["x"]["value"], [3, 2, 1])

    def test_a_declared_type_wins_where_the_value_fits(self) -> None:
        self.assertEqual(params_of(x=param([], "LONG_ARRAY"))["x"]["type"], "LONG_ARRAY")
        self.assertEqual(params_of(x=param({"a": "b"}, "MAP"))["x"]["value"]["a"]["type"], "STRING")
        self.assertEqual(params_of(x=param(5, "DOUBLE"))["x"], {"type": "DOUBLE", "value": Decimal(5)})

    def test_what_does_not_fit_is_refused_at_its_line(self) -> None:
        for value, type in [
            ("5", "LONG"),
            (5, "STRING"),
            (1, "BOOLEAN"),
            (True, "LONG"),
            (1.5, "LONG"),
            ([1, "a"], None),
            ([[1]], None),
            (None, None),
            (object(), None),
            (b"bytes", None),
            (2**63, None),
            (float("nan"), None),
            (float("inf"), None),
            (Decimal("NaN"), None),
            ({"a": 1}, "STRING_MAP"),
            ({1: 2}, None),
            ("a\x00b", None),
            ("\ud800", None),
            (5, "INTEGER"),
        ]:
            with self.subTest(value=value, type=type), self.assertRaises(DefinitionError) as caught:
                param(value, type)  # type: ignore[arg-type]
            source = caught.exception.errors[0].source
            assert source is not None
            self.assertEqual(source.file, __file__)

    def test_maps_may_be_nested_twenty_deep(self) -> None:
        value: Any = {"n": 1}
        for _ in range(19):
            value = {"n": value}
        param(value)
        with self.assertRaisesRegex(DefinitionError, "at most 20 levels"):
            param({"n": value})

    def test_modes_validators_and_tags_are_written(self) -> None:
        made = param("x", mode="CONSTANT", validator="param != null", tags=["t"])
        self.assertEqual(
            params_of(x=made)["x"],
            {
                "type": "STRING",
                "value": "x",
                "mode": "CONSTANT",
                "validator": "param != null",
                "tags": [{"name": "t"}],
            },
        )
        with self.assertRaisesRegex(DefinitionError, "MUTABLE"):
            param("x", mode="FIXED")  # type: ignore[arg-type]

    def test_an_expression_has_a_type_and_is_not_blank(self) -> None:
        self.assertEqual(params_of(x=expr("1 + 1", "LONG"))["x"], {"type": "LONG", "expression": "1 + 1"})
        with self.assertRaisesRegex(DefinitionError, "expected an expression"):
            expr("  ", "LONG")

    def test_escape_keeps_the_shells_variables(self) -> None:
        self.assertEqual(escape("echo $HOME ${x} $$"), "echo $$HOME $${x} $$$$")


class ReferencesTest(unittest.TestCase):
    def test_a_reference_is_an_expression_of_the_declared_type(self) -> None:
        with workflow("w") as wf:
            first = wf.param("first", 20210101)
            one = step("one", "NoOp", params={"rows": 0})
            one >> step("two", "NoOp", params={"a": first, "b": one["rows"]})
        two = wf.to_dict()["workflow"]["steps"][1]["step"]["params"]
        self.assertEqual(two["a"], {"type": "LONG", "expression": "first"})
        self.assertEqual(two["b"], {"type": "LONG", "expression": "one__rows"})

    def test_a_reference_in_text_is_interpolated(self) -> None:
        with workflow("w") as wf:
            day = wf.param("day", 1)
            one = step("job.1", "NoOp", params={"rows": 0})
            self.assertEqual(f"{day}: {one['rows']}", "${day}: ${job.1__rows}")

    def test_a_reference_names_steps_that_are_no_identifiers_by_function(self) -> None:
        self.assertEqual(Ref("job.1", "rows").sel, "params.getFromStep('job.1', 'rows')")
        self.assertEqual(Ref("job_", "rows").sel, "params.getFromStep('job_', 'rows')")
        self.assertEqual(Ref("job", "_rows").sel, "params.getFromStep('job', '_rows')")
        self.assertEqual(Ref(None, "a-b").sel, "params.get('a-b')")
        self.assertEqual(Ref(None, "it's").sel, "params.get('it\\'s')")

    def test_a_reference_to_something_undeclared_needs_its_type(self) -> None:
        with workflow("w"):
            one = step("one", "Http")
            with self.assertRaisesRegex(DefinitionError, r'typed\("LONG"\)'):
                step("two", "NoOp", params={"x": one["status_code"]})
            three = step("three", "NoOp", params={"x": one["status_code"].typed("LONG")})
            self.assertEqual(three["x"].type, "LONG")

    def test_a_loops_item_has_the_type_of_one_item(self) -> None:
        with workflow("w"), foreach("each", over={"day": [1, 2], "kind": ["a"]}) as loop:
            self.assertEqual((loop["day"].type, loop["kind"].type), ("LONG", "STRING"))
            inner = step("inner", "NoOp", params={"rows": loop["day"], "text": f"{loop['kind']}!"})
        gathered = loop.gather(inner["rows"])
        self.assertEqual(gathered.type, "LONG_ARRAY")
        self.assertEqual(gathered.sel, "params.getFromForeach('each', 'inner', 'rows')")
        with self.assertRaisesRegex(DefinitionError, "make it a parameter"):
            str(gathered)


if __name__ == "__main__":
    unittest.main()
