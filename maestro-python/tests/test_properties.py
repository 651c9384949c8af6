"""What holds for any definition, tried on many made by chance. A failure names the seed."""

from __future__ import annotations

import itertools
import json
import random
import unittest
from decimal import Decimal
from typing import Any

from maestro_orchestrator import (
    DefinitionError,
    Step,
    Workflow,
    expr,
    foreach,
    param,
    step,
    subworkflow,
    while_,
    workflow,
)
from maestro_orchestrator._tree import Sources

TRIES = 60


def seeds() -> list[int]:
    first = random.randrange(2**32)
    return [first + i for i in range(TRIES)]


def value(chance: random.Random, depth: int = 2) -> Any:
    scalars: list[Any] = [
        chance.choice(["", "a", "é$x", "${day}", "no", "line\nline\n", '"quoted"', " # "]),
        chance.randrange(-(2**63), 2**63),
        chance.choice([0.5, -1e-9, 1e21, Decimal("3.140")]),
        chance.random() < 0.5,
        expr("1 + 1", "LONG"),
        param("x", mode="IMMUTABLE"),
        range(chance.randrange(5), chance.randrange(5, 9)),
    ]
    kind = chance.randrange(len(scalars) + (3 if depth else 0))
    if kind < len(scalars):
        return scalars[kind]
    if kind == len(scalars):
        return [chance.randrange(9) for _ in range(chance.randrange(4))]
    return {f"k{i}": value(chance, depth - 1) for i in range(chance.randrange(4))}


def level(chance: random.Random, prefix: str, depth: int) -> None:
    steps: list[Step] = []
    for i in range(chance.randrange(1, 6)):
        id = f"{prefix}{i}"
        params = {f"p{n}": value(chance) for n in range(chance.randrange(3))}
        kind = chance.randrange(6) if depth else 0
        if kind == 4:
            with foreach(id, over={"i": range(3), "j": ["a"]}, params=params) as loop:
                level(chance, f"{id}-", depth - 1)
            steps.append(loop)
        elif kind == 5:
            with while_(id, "n < 3", loop={"n": 0}) as again:
                level(chance, f"{id}-", depth - 1)
            steps.append(again)
        elif kind == 3:
            steps.append(subworkflow(id, "other", params=params))
        else:
            steps.append(step(id, "NoOp", params=params, tags=["t"] * chance.randrange(2)))
    for before, after in itertools.pairwise(steps):
        if chance.random() < 0.7:
            (before.when("x > 1") if chance.random() < 0.3 else before) >> after


def random_workflow(seed: int) -> Workflow:
    chance = random.Random(seed)
    with workflow("w", owner="me", params={f"q{i}": value(chance) for i in range(3)}) as wf:
        level(chance, "s", 2)
    return wf


def plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: plain(item) for key, item in tree.items()}
    if isinstance(tree, list):
        return [plain(item) for item in tree]
    return float(tree) if isinstance(tree, Decimal) else tree


class PropertiesTest(unittest.TestCase):
    def test_equal_programs_give_equal_bytes_and_the_text_says_what_the_tree_says(self) -> None:
        for seed in seeds():
            with self.subTest(seed=seed):
                wf = random_workflow(seed)
                self.assertEqual(wf.to_json(), random_workflow(seed).to_json())
                self.assertEqual(json.loads(wf.to_json()), plain(wf.to_dict()))

    def test_every_part_of_a_definition_knows_a_line_of_this_file(self) -> None:
        def pointers(tree: Any, at: str) -> list[str]:
            items = tree.items() if isinstance(tree, dict) else enumerate(tree)
            inner = [(f"{at}/{key}", item) for key, item in items]
            below = [p for at, item in inner if isinstance(item, (dict, list)) for p in pointers(item, at)]
            return [at, *(pointer for pointer, _ in inner), *below]

        for seed in seeds()[:10]:
            wf, sources = random_workflow(seed), Sources()
            for pointer in pointers(wf._build(sources), ""):
                with self.subTest(seed=seed, pointer=pointer):
                    found = sources.find(pointer)
                    self.assertEqual(found.file if found else None, __file__)

    def test_an_edge_is_refused_exactly_if_it_closes_a_cycle(self) -> None:
        for seed in seeds():
            chance = random.Random(seed)
            reached: dict[int, set[int]] = {i: {i} for i in range(12)}
            with self.subTest(seed=seed), workflow("w") as wf:
                steps = [step(f"s{i}", "NoOp") for i in range(12)]
                for _ in range(60):
                    a, b = chance.randrange(12), chance.randrange(12)
                    if a in reached[b]:
                        with self.assertRaisesRegex(DefinitionError, "without a cycle"):
                            steps[a] >> steps[b]
                    else:
                        steps[a] >> steps[b]
                        for known in reached.values():
                            if a in known:
                                known |= reached[b]
                self.assertEqual(len(wf.steps), 12)


if __name__ == "__main__":
    unittest.main()
