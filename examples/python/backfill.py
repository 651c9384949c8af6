"""A back-fill: one job per date, ten at a time.

    PYTHONPATH=maestro-python/src python3 examples/python/backfill.py 20210101 20210201

pushes it if it has changed, starts it for these dates (the last one is not included), and waits.
MAESTRO_SERVER names the server (http://127.0.0.1:8080 unless set).
"""

from __future__ import annotations

import sys

from maestro_orchestrator import Client, Workflow, expr, foreach, step, workflow


def definition() -> Workflow:
    with workflow("example.backfill", owner="me", run_strategy="parallel") as wf:
        first = wf.param("FROM_DATE", 20210101)
        last = wf.param("TO_DATE", 20210108)

        days = step(
            "days",
            "NoOp",
            params={"dates": expr(f"Util.dateIntsBetween({first.sel}, {last.sel}, 1)", "LONG_ARRAY")},
        )
        with foreach("each_day", over={"date": days["dates"]}, concurrency=10) as each_day:
            load = step(
                "load",
                "Shell",
                params={"script": f"echo loading {each_day['date']}"},
                retry=3,
                timeout="1h",
            )
            load >> step("check", "Shell", params={"script": f"echo checking {each_day['date']}"})
        days >> each_day >> step("report", "Shell", params={"script": f"echo done up to {last}"})
    return wf


def main(client: Client, first: int, last: int) -> None:
    wf = definition()
    wf.push(client, only_if_changed=True)
    run = client.start(wf.id, {"FROM_DATE": first, "TO_DATE": last})
    print("started", run.workflow_id, run.instance_id)
    print(run.wait().status)


if __name__ == "__main__":
    main(Client.from_environment(user="me"), int(sys.argv[1]), int(sys.argv[2]))
