"""Against a real server: set MAESTRO_SERVER to its URL, and MAESTRO_TOKEN if it asks for one."""

from __future__ import annotations

import datetime
import os
import unittest
import uuid

from maestro_orchestrator import (
    ApiError,
    Client,
    Conflict,
    NotFound,
    RejectedDefinition,
    Retry,
    RunFailed,
    WaitTimeout,
    Workflow,
    call,
    escape,
    expr,
    foreach,
    step,
    subworkflow,
    while_,
    workflow,
)

from .test_definition import everything


def parse(day: str) -> str:
    return str(datetime.date.fromisoformat(day))


@unittest.skipUnless(os.environ.get("MAESTRO_SERVER"), "MAESTRO_SERVER is not set")
class ServerTest(unittest.TestCase):
    def setUp(self) -> None:
        options = {} if os.environ.get("MAESTRO_TOKEN") else {"user": "python-test"}
        self.client = Client.from_environment(**options)
        self.workflow_id = f"python-test.{uuid.uuid4()}"

    def new(self) -> Workflow:
        return workflow(self.workflow_id, owner="python-test", run_strategy="parallel")

    def test_a_workflow_is_pushed_run_and_followed(self) -> None:
        with self.new() as wf:
            wf.param("who", "world")
            greet = step(
                "greet",
                "Shell",
                params={
                    "script": 'for i in 1 2 3; do echo "$$i ${who}"; sleep 0.2; done\n'
                    'echo \'{"params":{"length":3}}\' > "$$MAESTRO_OUTPUT"'
                },
                outputs={"length": "LONG"},
            )
            long = step("long", "Shell", params={"script": f"echo {greet['length']} is long"})
            short = step("short", "NoOp")
            greet.when("length > 2") >> long
            greet.otherwise() >> short
        self.assertEqual(wf.push(self.client).version, 1)

        run = self.client.start(self.workflow_id, {"who": "Maestro"})
        followed = "".join(run.logs("greet", follow=True))
        self.assertEqual(followed, "1 Maestro\n2 Maestro\n3 Maestro\n")
        instance = run.wait(timeout=60)
        self.assertEqual((instance.status, instance.params["who"]), ("SUCCEEDED", "Maestro"))
        self.assertEqual(run.step("greet").params["length"], 3)
        self.assertEqual("".join(run.logs("long")), "3 is long\n")
        self.assertEqual("".join(run.logs("short", follow=True)), "")
        self.assertEqual(
            {attempt.step_id: attempt.status for attempt in run.steps()},
            {"greet": "SUCCEEDED", "long": "SUCCEEDED", "short": "UNSATISFIED"},
        )
        self.assertEqual(run.why().reasons[0].code, "ENDED")

    def test_the_server_keeps_what_was_built(self) -> None:
        wf = everything()
        wf.id = self.workflow_id
        wf.push(self.client)
        self.assertEqual(wf.diff(self.client).changes, ())
        again = wf.push(self.client, only_if_changed=True)
        self.assertEqual((again.version, again.unchanged), (1, True))
        with wf:
            step("one_more", "NoOp")
        tried = wf.push(self.client, dry_run=True)
        assert tried.diff is not None
        self.assertEqual([change.path for change in tried.diff.changes], ["workflow/steps/one_more"])
        self.assertEqual(self.client.get_workflow(self.workflow_id)["metadata"]["workflow_version_id"], 1)

    def test_a_refused_definition_names_lines_of_python(self) -> None:
        with self.new() as wf:
            step("a", "NoOp")
            step("b", "Shel")
            step("c", "NoOp", timeout="5 fortnights")
        with self.assertRaises(RejectedDefinition) as caught:
            wf.validate(self.client)
        with open(__file__, encoding="utf-8") as file:
            code = file.read().splitlines()
        found = {
            error.pointer: code[error.source.line - 1].strip()
            for error in caught.exception.errors
            if error.source
        }
        self.assertEqual(
            found,
            {
                "/workflow/steps/1/step/type": 'step("b", "Shel")',
                "/workflow/steps/2/step/timeout": 'step("c", "NoOp", timeout="5 fortnights")',
            },
        )
        self.assertIn("Shell", [error.suggestion for error in caught.exception.errors])

    def test_a_start_with_the_same_request_id_is_the_same_run(self) -> None:
        with self.new() as wf:
            step("a", "NoOp")
        wf.push(self.client)
        request_id = str(uuid.uuid4())
        first = self.client.start(self.workflow_id, request_id=request_id)
        second = self.client.start(self.workflow_id, request_id=request_id)
        self.assertEqual((first.status, second.status), ("CREATED", "DUPLICATED"))
        self.assertEqual(first.instance_id, second.instance_id)
        self.assertTrue(self.client.wait(self.workflow_id, first.instance_id, timeout=60).succeeded)

    def test_a_run_that_fails_is_raised_and_can_be_run_again(self) -> None:
        with self.new() as wf:
            wf.param("code", 1)
            step("a", "Shell", params={"script": "exit ${code}"}, retry=Retry(errors=0, platform=0))
        wf.push(self.client)
        with self.assertRaisesRegex(RunFailed, r"ended as FAILED: a FATALLY_FAILED") as caught:
            self.client.run(self.workflow_id, timeout=60)
        failed = caught.exception.instance
        again = self.client.restart(self.workflow_id, failed.instance_id, {"code": 0})
        self.assertEqual(again.run_id, 2)
        self.assertTrue(again.wait(timeout=60).succeeded)
        self.assertEqual(
            self.client.wait(self.workflow_id, failed.instance_id, 1, check=False).status, "FAILED"
        )

    def test_runs_are_stopped_and_killed(self) -> None:
        with self.new() as wf:
            step("a", "Shell", params={"script": escape("sleep 600")})
        wf.push(self.client)
        stopped, killed = self.client.start(self.workflow_id), self.client.start(self.workflow_id)
        with self.assertRaises(WaitTimeout):
            stopped.wait(timeout=0.2)
        stopped.stop()
        killed.kill()
        self.assertEqual(stopped.wait(timeout=60, check=False).status, "STOPPED")
        self.assertEqual(killed.wait(timeout=60, check=False).status, "FAILED")
        found = {i.instance_id for i in self.client.list_instances(self.workflow_id, status="STOPPED")}
        self.assertEqual(found, {stopped.instance_id})

    def test_steps_are_skipped_and_run_again(self) -> None:
        with self.new() as wf:
            wait = step("wait", "Shell", params={"script": "echo begun; sleep 600"})
            wait >> step("fail", "Shell", params={"script": "exit 3"}, retry=Retry(errors=0, platform=0))
        wf.push(self.client)
        run = self.client.start(self.workflow_id)
        self.assertEqual(next(run.logs("wait", follow=True)), "begun\n")
        skipped = self.client.act_on_step(self.workflow_id, run.instance_id, "wait", "skip")
        self.assertEqual(skipped.status, "SKIPPED")
        self.assertEqual(run.wait(timeout=60, check=False).status, "FAILED")
        fixed = {"fail": {"script": "exit 0"}}
        again = self.client.restart_step(self.workflow_id, run.instance_id, "fail", step_params=fixed)
        self.assertEqual(again.run_id, 2)
        self.assertTrue(self.client.wait(self.workflow_id, run.instance_id, timeout=60).succeeded)

    def test_a_subworkflow_runs_with_its_parameters(self) -> None:
        with workflow(self.workflow_id + ".child", owner="python-test") as child:
            child.param("n", 0)
            step("twice", "NoOp", params={"result": child["n"]})
        child.push(self.client)
        with self.new() as wf:
            call = subworkflow("call", self.workflow_id + ".child", params={"n": 21})
            call >> step("after", "NoOp", params={"seen": call.output("twice", "result", "LONG")})
        wf.push(self.client)
        run = self.client.start(self.workflow_id)
        run.wait(timeout=60)
        self.assertEqual(run.step("after").params["seen"], 21)

    def test_loops_run_over_what_was_given_and_their_results_are_gathered(self) -> None:
        with self.new() as wf:
            with foreach("each", over={"i": range(1, 4), "k": ["a", "b"]}) as each:
                i = each["i"]
                square = step(
                    "square",
                    "NoOp",
                    params={"n": expr(f"{i.sel} * {i.sel}", "LONG"), "label": f"{each['k']}{i}"},
                )
            gathered = {name: each.gather(square[name]) for name in ("n", "label")}
            after = step("after", "NoOp", params=gathered)
            with while_("again", "n < 5", loop={"n": 0}) as again:
                step("more", "NoOp", params={"n": expr("n + 2", "LONG")})
            each >> after >> again
        wf.push(self.client)
        try:
            run = self.client.start(self.workflow_id)
        except ApiError as e:
            if e.code != "not-yet":
                raise
            self.skipTest("this server can't run loops yet")
        self.assertTrue(run.wait(timeout=60).succeeded)
        found = run.step("after").params
        self.assertEqual(found["n"], [1, 4, 9, 1, 4, 9])
        self.assertEqual(found["label"], ["a1", "a2", "a3", "b1", "b2", "b3"])
        artifact = run.step("again").raw["artifacts"]["maestro_while"]
        self.assertEqual(artifact["loop_param_values"], {"n": [0, 2, 4]})

    def test_a_loop_is_looked_into_mended_and_goes_on(self) -> None:
        def push(script: str) -> None:
            with self.new() as wf:
                with foreach("each", over={"n": range(6)}):
                    step("s", "Shell", params={"script": script}, retry=Retry(errors=0, platform=0))
            wf.push(self.client)

        push("echo found ${n}; [ ${n} -lt 2 ]")
        run = self.client.start(self.workflow_id)
        self.assertEqual(run.wait(timeout=60, check=False).status, "FAILED")
        loop = run.loop("each")
        summary = loop.summary()
        self.assertEqual((summary.total, summary.live, summary.counts["SUCCEEDED"]), (6, False, 2))
        [group] = loop.failures()
        failed = list(loop.iterations(signature=group.signature))
        self.assertEqual([one.index for one in failed][: len(group.samples)], list(group.samples))
        self.assertEqual(loop[failed[0].index].items, {"n": failed[0].index})
        self.assertEqual("".join(loop.logs(failed[0].index, "s")), f"found {failed[0].index}\n")
        self.assertEqual([s.status for s in loop.steps(0)], ["SUCCEEDED"])
        self.assertEqual([one.index for one in loop.iterations(items={"n": 1})], [1])
        self.assertEqual(sum(sum(counts.values()) for _, _, counts in loop.strip(4)), 6)
        # What would be refused is not counted as if it could be done.
        with self.assertRaises(Conflict):
            loop.act("restart", signature=group.signature, dry_run=True)
        push("true")
        self.assertEqual(self.client.get_instance(self.workflow_id, run.instance_id).version, 1)
        again = run.restart(version="active")
        self.assertTrue(again.wait(timeout=60).succeeded)
        self.assertEqual((again.version, again.loop("each").summary().counts), (2, {"SUCCEEDED": 6}))

    def test_a_function_that_fails_is_shown_with_its_line(self) -> None:
        with self.new() as wf:
            call("parse", parse, args={"day": "2026-13-01"}, retry=0)
        wf.push(self.client)
        with self.assertRaises(RunFailed) as caught:
            self.client.run(self.workflow_id, timeout=60)
        self.assertIn(f'line {parse.__code__.co_firstlineno + 1}, in parse', str(caught.exception))
        self.assertIn("ValueError: month must be in 1..12", str(caught.exception))

    def test_what_is_not_there_or_not_possible_is_an_error_of_its_kind(self) -> None:
        with self.assertRaises(NotFound):
            self.client.get_workflow(self.workflow_id)
        with self.new() as wf:
            step("a", "NoOp")
        wf.push(self.client)
        with self.assertRaises(NotFound):
            self.client.get_instance(self.workflow_id, 1)
        self.client.deactivate(self.workflow_id)
        with self.assertRaises((NotFound, Conflict)):
            self.client.start(self.workflow_id)
        self.client.activate(self.workflow_id, 1)
        self.assertTrue(self.client.run(self.workflow_id, timeout=60).succeeded)
        self.assertIn(
            self.workflow_id, [w["workflow_id"] for w in self.client.list_workflows(owner="python-test")]
        )


if __name__ == "__main__":
    unittest.main()
