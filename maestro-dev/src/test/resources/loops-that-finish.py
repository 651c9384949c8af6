"""A loop of 20,000 of which 200 fail, seen to and brought to its end in Python alone."""

import sys

from maestro_orchestrator import Client, Retry, RunFailed, foreach, step, workflow

client = Client(sys.argv[1], user="ann")


def push(script: str) -> None:
    with workflow("python-tables", owner="ann") as wf:
        with foreach("each", over={"n": range(1, 20_001)}, concurrency=100, max_failures="all"):
            pick = step("pick", "NoOp")
            load = step("load", "Shell", params={"script": script}, retry=Retry(errors=0))
            pick.when("n % 100 == 0") >> load
    wf.push(client)


push("echo loading table ${n}; echo no such table >&2; exit 3")
run = client.start("python-tables")
try:
    run.wait(timeout=300)
    sys.exit("it was to fail")
except RunFailed as e:
    assert e.cause is not None and "no such table" in e.cause, e

loop = run.loop("each")
summary = loop.summary()
assert summary.counts == {"SUCCEEDED": 19_800, "FAILED": 200}, summary
[group] = loop.failures()
assert group.count == 200, group
print(group.count, "failed in the same way")
first = next(loop.iterations(signature=group.signature))
assert first.items == {"n": 100}, first
assert "".join(loop.logs(first.index, "load")) == "loading table 100\n"

push("true")
again = run.restart(version="active")
again.wait(timeout=300)
counts = again.loop("each").summary().counts
assert counts == {"SUCCEEDED": 20_000}, counts
runs = {one.index: one.run_id for one in again.loop("each").iterations() if one.index in (0, 99)}
assert runs == {0: 1, 99: 2}, runs
print(counts["SUCCEEDED"], "have succeeded")
