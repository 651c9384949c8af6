"""What Netflix's Python client says arrives as it means it, and ours works beside it.

Run by PythonClientsIT: python-clients.py URL
"""

import sys
import time
import urllib.request

import maestro
import maestro_orchestrator
from maestro import Foreach, Job, MaestroClient, Subworkflow, While, Workflow

URL = sys.argv[1]
client = MaestroClient(base_url=URL, user="tester")


def jobs(*ids):
    return [Job(id=i, type="NoOp") for i in ids]


def pushed(workflow):
    answer = client.push_yaml(workflow.to_yaml())
    assert "workflow_definition" in answer, answer
    return client.get_workflow(workflow.id)["workflow"]


def steps(level):
    return {next(iter(s.values()))["id"]: next(iter(s.values())) for s in level["steps"]}


def edges(level):
    return {i: s.get("transition", {}).get("successors", {}) for i, s in steps(level).items()}


def expect(what, found, expected):
    assert found == expected, f"{what}: expected {expected}, found {found}"
    print("ok", what)


dag = Workflow(id="sdk-dag").owner("tester").jobs(*jobs("a", "b", "c", "d", "e"))
dag.dag({"a": "b", "b": ["IF x > 0 THEN c", "OTHERWISE d"], "c": ["e"]}).param("x", 1)
dag_edges = {
    "a": {"b": "true"},
    "b": {"c": "x > 0", "d": "!((x > 0))"},
    "c": {"e": "true"},
    "d": {},
    "e": {},
}
expect("a dag by job", edges(pushed(dag)), dag_edges)

line = Workflow(id="sdk-line").owner("tester").jobs(*jobs("a", "b", "c")).dag("sequential")
expect("a sequential dag", edges(pushed(line)), {"a": {"b": "true"}, "b": {"c": "true"}, "c": {}})

own = Workflow(id="sdk-own").owner("tester").dag("sequential")
own.job(Job(id="a", type="NoOp").transition("c")).jobs(*own._jobs, *jobs("b", "c"))
expect("a job's own transition", edges(pushed(own)), {"a": {"c": "true"}, "b": {"c": "true"}, "c": {}})

apart = Workflow(id="sdk-apart").owner("tester").jobs(*jobs("a", "b")).dag("parallel")
expect("a parallel dag", edges(pushed(apart)), {"a": {}, "b": {}})

child = Workflow(id="sdk-child").owner("tester").jobs(*jobs("only"))
pushed(child)
pushed(child)
loops = Workflow(id="sdk-loops").owner("tester").run_strategy("parallel").concurrency(5)
loops.tags("nightly").timeout("1h").criticality("high").description("loops").name("Loops")
loops.param("days", [1, 2, 3]).param_expr("last", "1 + 1").dag({"each": "poll", "poll": "call"})
loops.job(
    Foreach(id="each")
    .loop_param("day", [1, 2])
    .concurrency(2)
    .jobs(*jobs("in", "out"))
    .dag("sequential")
    .tag("loop")
)
loops.job(
    While(id="poll")
    .condition("i < 2")
    .loop_param("i", 0)
    .job(Job(id="ask", type="NoOp").param_expr("i<long>", "i + 1"))
)
loops.job(Subworkflow(id="call").workflow_id("sdk-child").version("1").sync(True).param("p", "v"))
read = pushed(loops)
inner = steps(read)
expect("loops and a child", edges(read), {"each": {"poll": "true"}, "poll": {"call": "true"}, "call": {}})
expect("jobs of a loop", edges(inner["each"]), {"in": {"out": "true"}, "out": {}})
each = inner["each"]["params"]["loop_params"]["value"]
expect("what a loop goes over", each["day"]["value"], [1, 2])
expect("a loop's width", inner["each"]["concurrency"], 2)
called = {name: param["value"] for name, param in inner["call"]["params"].items()}
expect("a child", called, {"subworkflow_id": "sdk-child", "subworkflow_version": "1", "p": "v"})

# Its client refuses the tuples that it writes; its files come another way.
span = Workflow(id="sdk-range").owner("tester")
span.job(Foreach(id="each").range("i", 0, 3).range("j", stop=4, step=2).jobs(*jobs("in")))
request = urllib.request.Request(
    URL + "/api/v3/workflows/yaml",
    span.to_yaml().encode(),
    {"user": "tester", "Content-Type": "application/yaml"},
)
urllib.request.urlopen(request).read()
ranges = steps(client.get_workflow("sdk-range")["workflow"])["each"]["params"]["loop_params"]["value"]
expect("ranges", {name: param["expression"] for name, param in ranges.items()},
       {"i": "Util.intsBetween(0, 3, 1)", "j": "Util.intsBetween(0, 4, 2)"})  # fmt: skip

started = client.start("sdk-loops", run_params={"last": {"value": "9", "type": "STRING"}})
ours = maestro_orchestrator.Client(URL, user="tester")
deadline = time.monotonic() + 60
while client.get_instance("sdk-loops", started["workflow_instance_id"])["status"] not in ("SUCCEEDED", "FAILED"):
    assert time.monotonic() < deadline, "the run doesn't end"
    time.sleep(0.2)
ended = client.get_instance("sdk-loops", started["workflow_instance_id"])
expect("a run", (ended["status"], ended["params"]["last"]["evaluated_result"]), ("SUCCEEDED", "9"))
step = client.get_instance("sdk-loops", started["workflow_instance_id"], 1, "each", 1)
expect("a step", step["runtime_state"]["status"], "SUCCEEDED")
expect("an enriched version", client.get_workflow("sdk-loops", enriched=True)["is_active"], True)

with maestro_orchestrator.workflow("ours", owner="tester") as beside:
    maestro_orchestrator.step("a", "NoOp") >> maestro_orchestrator.step("b", "NoOp")
beside.push(ours)
expect("our client beside it", edges(client.get_workflow("ours")["workflow"]), {"a": {"b": "true"}, "b": {}})
expect("both packages", (maestro.Workflow is Workflow, ours.run("ours").status), (True, "SUCCEEDED"))
