"""A DAG of plain functions in one file: each becomes a step with typed arguments and results.

    PYTHONPATH=maestro-python/src python3 examples/python/functions.py 19.5 5 7.25

pushes it if it has changed, starts it with these prices, and prints what the report printed.
MAESTRO_SERVER names the server (http://127.0.0.1:8080 unless set).
"""

from __future__ import annotations

import statistics
import sys

from maestro_orchestrator import Client, Workflow, call, workflow

CURRENCY = "EUR"


def load(prices: list[float], at_least: float) -> dict[str, object]:
    kept = [price for price in prices if price >= at_least]
    return {"kept": kept, "rows": len(kept)}


def report(kept: list[float], rows: int) -> None:
    print(f"{rows} sold, {statistics.mean(kept):.2f} {CURRENCY} each")


def definition() -> Workflow:
    with workflow("example.functions", owner="me", run_strategy="parallel") as wf:
        prices = wf.param("prices", [19.5, 5.0, 7.25])
        loaded = call(
            "load",
            load,
            args={"prices": prices, "at_least": 6.0},
            outputs={"kept": "DOUBLE_ARRAY", "rows": "LONG"},
        )
        told = call("report", report, args={"kept": loaded["kept"], "rows": loaded["rows"]})
        loaded >> told
    return wf


def main(client: Client, prices: list[float]) -> None:
    wf = definition()
    wf.push(client, only_if_changed=True)
    run = client.start(wf.id, {"prices": prices})
    print(run.wait(timeout=120).status, *run.logs("report"))


if __name__ == "__main__":
    main(Client.from_environment(user="me"), [float(price) for price in sys.argv[1:]])
