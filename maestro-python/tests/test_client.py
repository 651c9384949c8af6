"""The client against prepared answers: errors, retries, waiting, logs, pages, pushes."""

from __future__ import annotations

import concurrent.futures
import socket
import unittest
from typing import Any

from maestro_orchestrator import (
    ApiError,
    BadRequest,
    Client,
    Conflict,
    ConnectionFailed,
    DefinitionError,
    Forbidden,
    NotFound,
    RejectedDefinition,
    RequestTimeout,
    RunFailed,
    ServerError,
    Unauthorized,
    WaitTimeout,
    Workflow,
    step,
    workflow,
)

from .fake_server import Answer, FakeClock, FakeServer, Request, problem

STARTED = Answer(
    body={
        "workflow_id": "w",
        "workflow_instance_id": 7,
        "workflow_run_id": 1,
        "workflow_version_id": 3,
        "workflow_uuid": "u",
        "status": "CREATED",
    }
)


def run(status: str, run_id: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "workflow_id": "w",
        "workflow_instance_id": 7,
        "workflow_run_id": run_id,
        "workflow_version_id": 3,
        "status": status,
        "create_time": 1,
        **more,
    }


def page(*elements: Any, next: str | None = None) -> Answer:
    info = {"end_cursor": next, "has_next_page": next is not None}
    return Answer(body={"page_info": info, "total_count": None, "elements": list(elements)})


def attempt(status: str) -> Answer:
    return Answer(
        body={
            "workflow_id": "w",
            "workflow_instance_id": 7,
            "workflow_run_id": 1,
            "step_id": "s",
            "step_attempt_id": 2,
            "runtime_state": {"status": status},
            "params": {"n": {"type": "LONG", "value": 1, "evaluated_result": 1}, "m": {"type": "LONG"}},
        }
    )


def client(server: FakeServer, **options: Any) -> Client:
    return Client(server.url, **{"clock": FakeClock(), **options})


def small() -> Workflow:
    with workflow("w", owner="me") as wf:
        step("a", "NoOp", params={"x": 1})
    return wf


class ErrorsTest(unittest.TestCase):
    def test_every_refusal_is_an_exception_of_its_kind(self) -> None:
        kinds: list[tuple[int, type[ApiError]]] = [
            (400, BadRequest),
            (401, Unauthorized),
            (403, Forbidden),
            (404, NotFound),
            (408, RequestTimeout),
            (409, Conflict),
            (410, NotFound),
            (412, Conflict),
            (413, BadRequest),
            (422, BadRequest),
            (500, ServerError),
            (502, ServerError),
        ]
        for status, kind in kinds:
            with (
                self.subTest(status=status),
                FakeServer(problem(status, "some-code", "what to do")) as server,
                self.assertRaises(kind) as caught,
            ):
                client(server).overview("w")
            self.assertEqual(caught.exception.http_status, status)
            self.assertEqual(caught.exception.code, "some-code")
            self.assertEqual(caught.exception.errors[0].message, "what to do")

    def test_an_error_without_a_problem_body_still_says_what_it_can(self) -> None:
        with FakeServer(Answer(502, b"<html>bad gateway", "text/html")) as server:
            with self.assertRaises(ServerError) as caught:
                client(server).overview("w")
        self.assertEqual(caught.exception.code, "http-502")
        self.assertIn("bad gateway", str(caught.exception))

    def test_a_body_that_claims_to_be_json_and_is_not_is_no_crash(self) -> None:
        with FakeServer(Answer(500, b"{oops", "application/problem+json")) as server:
            with self.assertRaisesRegex(ServerError, "oops"):
                client(server).overview("w")

    def test_a_redirect_is_not_followed_with_the_token(self) -> None:
        with FakeServer(Answer(302, None, headers={"Location": "http://127.0.0.1:1/"})) as server:
            with self.assertRaises(ApiError):
                client(server, token="secret").overview("w")
            self.assertEqual(len(server.requests), 1)

    def test_nobody_there_is_said_with_the_address(self) -> None:
        with FakeServer() as server:
            url = server.url
        with self.assertRaisesRegex(ConnectionFailed, url):
            Client(url, clock=FakeClock()).overview("w")

    def test_a_server_that_never_answers_is_given_up(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            c = Client(
                f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.05, retries=1, clock=FakeClock()
            )
            with self.assertRaisesRegex(ConnectionFailed, "timed out"):
                c.overview("w")

    def test_a_client_is_shared_by_threads(self) -> None:
        with FakeServer(lambda r: Answer(body={"path": r.path})) as server:
            c = client(server)
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                found = list(pool.map(lambda i: c.overview(f"w{i}")["path"], range(50)))
        self.assertEqual(found, [f"/api/v3/workflows/w{i}/overview" for i in range(50)])

    def test_a_url_that_is_none_is_refused_at_once(self) -> None:
        for url in ["127.0.0.1:8080", "ftp://host", "http://"]:
            with self.subTest(url=url), self.assertRaisesRegex(ValueError, "expected a URL"):
                Client(url)


class RejectedDefinitionsTest(unittest.TestCase):
    refusal = problem(
        400,
        "invalid-definition",
        "2 problems in the definition",
        problems=[
            {"pointer": "/workflow/steps/0/step/type", "message": "no such type", "suggestion": "Shell"},
            {"pointer": "/properties/owner", "message": "no such owner"},
        ],
    )

    def test_a_rejected_definition_has_all_problems_with_their_lines_of_python(self) -> None:
        for action in (Workflow.push, Workflow.validate):
            with FakeServer(self.refusal) as server, self.assertRaises(RejectedDefinition) as caught:
                action(small(), client(server))
            first, second = caught.exception.errors
            self.assertEqual((first.message, first.suggestion), ("no such type", "Shell"))
            assert first.source is not None and second.source is not None
            with open(__file__, encoding="utf-8") as file:
                code = file.read().splitlines()
            self.assertIn('step("a"', code[first.source.line - 1])
            self.assertIn('workflow("w"', code[second.source.line - 1])
            self.assertIn(f"{__file__}:{first.source.line}: no such type", str(caught.exception))

    def test_a_single_problem_has_its_line_too(self) -> None:
        message = "no such type"
        refusal = problem(
            400,
            "invalid-definition",
            message,
            problems=[{"pointer": "/workflow/steps/0/step/type", "message": message}],
        )
        with FakeServer(refusal) as server, self.assertRaises(RejectedDefinition) as caught:
            small().push(client(server))
        source = caught.exception.errors[0].source
        assert source is not None
        self.assertIn(f"{__file__}:{source.line}: {message}", str(caught.exception))

    def test_it_is_caught_as_a_definition_error_and_as_a_bad_request(self) -> None:
        for kind in (DefinitionError, BadRequest):
            with FakeServer(self.refusal) as server, self.assertRaises(kind):
                small().push(client(server))


class RetriesTest(unittest.TestCase):
    def test_a_start_is_repeated_with_the_same_request_id(self) -> None:
        clock = FakeClock()
        broken = problem(503, "unknown-outcome", "not confirmed", retryable=True)
        with FakeServer(Answer(hang_up=True), broken, STARTED) as server:
            started = client(server, clock=clock).start("w")
            ids = [request.body["request_id"] for request in server.requests]
        self.assertEqual((len(ids), len(set(ids))), (3, 1))
        self.assertEqual((started.instance_id, started.status), (7, "CREATED"))
        self.assertEqual(clock.naps, [0.2, 0.4])

    def test_what_a_start_warns_of_is_kept(self) -> None:
        warned = Answer(body={**STARTED.body, "warnings": ["day: nothing reads it"]})
        with FakeServer(warned, STARTED) as server:
            c = client(server)
            self.assertEqual(c.start("w", {"day": 1}).warnings, ("day: nothing reads it",))
            self.assertEqual(c.start("w").warnings, ())

    def test_two_starts_have_two_request_ids_and_one_may_choose_it(self) -> None:
        with FakeServer(STARTED) as server:
            c = client(server)
            c.start("w")
            c.start("w")
            c.start("w", request_id="mine")
            ids = [request.body["request_id"] for request in server.requests]
        self.assertEqual(len(set(ids)), 3)
        self.assertEqual(ids[2], "mine")

    def test_a_restart_keeps_its_request_id_too(self) -> None:
        with FakeServer(Answer(hang_up=True), STARTED) as server:
            client(server).restart("w", 7)
            ids = {request.body["request_id"] for request in server.requests}
        self.assertEqual(len(ids), 1)

    def test_a_push_whose_outcome_is_unknown_is_not_repeated(self) -> None:
        with FakeServer(Answer(hang_up=True)) as server:
            with self.assertRaisesRegex(ConnectionFailed, "look before trying again"):
                small().push(client(server))
            self.assertEqual(len(server.requests), 1)

    def test_an_action_whose_effect_did_not_come_in_time_is_not_repeated(self) -> None:
        late = problem(408, "not-yet", "asked, but not done yet", retryable=True)
        with FakeServer(late) as server:
            with self.assertRaises(RequestTimeout):
                client(server).act_on_step("w", 7, "s", "skip")
            self.assertEqual(len(server.requests), 1)

    def test_a_refusal_is_not_repeated(self) -> None:
        with FakeServer(problem(409, "paused", "no")) as server:
            with self.assertRaises(Conflict):
                client(server).start("w")
            self.assertEqual(len(server.requests), 1)

    def test_retries_end_and_the_delay_is_bounded(self) -> None:
        clock = FakeClock()
        with FakeServer(problem(503, "down", "later", retryable=True)) as server:
            with self.assertRaises(ServerError):
                client(server, clock=clock, retries=7).overview("w")
            self.assertEqual(len(server.requests), 8)
        self.assertEqual(clock.naps, [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0])

    def test_an_answer_that_is_cut_off_is_asked_for_again(self) -> None:
        with FakeServer(Answer(body={"a": 1}, cut=True), Answer(body={"a": 2})) as server:
            self.assertEqual(client(server).overview("w"), {"a": 2})


class IdentityTest(unittest.TestCase):
    def test_token_and_user_go_with_every_request(self) -> None:
        with FakeServer(STARTED) as server:
            client(server, token="t", user="me").start("w")
            headers = server.requests[0].headers
        self.assertEqual(headers["authorization"], "Bearer t")
        self.assertEqual(headers["user"], "me")
        self.assertTrue(headers["user-agent"].startswith("maestro-python/"))

    def test_the_token_is_not_shown(self) -> None:
        self.assertNotIn("secret", repr(Client(token="secret")) + str(vars(Client(token="secret"))))

    def test_ids_cannot_leave_their_place_in_the_path(self) -> None:
        with FakeServer(Answer(body={})) as server:
            client(server).overview("a/../b?c#d")
            self.assertEqual(server.requests[0].path, "/api/v3/workflows/a%2F..%2Fb%3Fc%23d/overview")


class WaitTest(unittest.TestCase):
    def test_it_looks_less_and_less_often_and_gives_the_run_with_its_results(self) -> None:
        clock = FakeClock()
        params = {"x": {"type": "LONG", "value": 5, "evaluated_result": 5}}
        answers = [page(run("IN_PROGRESS"))] * 12
        with FakeServer(*answers, page(run("SUCCEEDED")), Answer(body=run("SUCCEEDED", params=params))) as s:
            ended = client(s, clock=clock).wait("w", 7)
        self.assertEqual(ended.params, {"x": 5})
        self.assertEqual(clock.naps[0], 0.05)
        self.assertEqual(clock.naps, sorted(clock.naps))
        self.assertEqual(clock.naps[-1], 2.0)

    def test_a_run_that_failed_is_raised_with_its_failed_steps(self) -> None:
        views = {"a": {"status": "SUCCEEDED"}, "b": {"status": "FATALLY_FAILED"}}
        failed = run("FAILED", aggregated_info={"step_aggregated_views": views})
        first = {"code": "FAILED_FIRST", "message": "Failed first: step b: exit 3"}
        why = {"running": False, "reasons": [{"code": "ENDED", "message": "It ended"}, first]}
        text = r"w#7\.1 ended as FAILED: b FATALLY_FAILED\nFailed first: step b: exit 3$"
        with FakeServer(page(run("FAILED")), Answer(body=failed), Answer(body=why)) as server:
            with self.assertRaisesRegex(RunFailed, text) as caught:
                client(server).wait("w", 7)
        self.assertFalse(caught.exception.instance.succeeded)
        self.assertEqual(caught.exception.cause, "Failed first: step b: exit 3")

    def test_a_cause_that_cannot_be_had_hides_no_failure(self) -> None:
        refused = problem(403, "forbidden", "no")
        with FakeServer(page(run("FAILED")), Answer(body=run("FAILED")), refused) as server:
            with self.assertRaisesRegex(RunFailed, r"w#7\.1 ended as FAILED$"):
                client(server).wait("w", 7)

    def test_a_run_that_failed_is_given_if_nobody_wants_it_checked(self) -> None:
        with FakeServer(page(run("STOPPED")), Answer(body=run("STOPPED"))) as server:
            self.assertEqual(client(server).wait("w", 7, check=False).status, "STOPPED")

    def test_a_time_out_says_how_the_run_stands_and_does_not_oversleep(self) -> None:
        clock = FakeClock()
        with FakeServer(page(run("IN_PROGRESS"))) as server:
            with self.assertRaisesRegex(WaitTimeout, "within 3 s, found it IN_PROGRESS") as caught:
                client(server, clock=clock).wait("w", 7, timeout=3)
        self.assertAlmostEqual(clock.time, 3)
        self.assertEqual(caught.exception.instance.instance_id, 7)

    def test_an_earlier_run_has_ended_when_there_is_a_later_one(self) -> None:
        with FakeServer(page(run("IN_PROGRESS", 2)), Answer(body=run("STOPPED", 1))) as server:
            ended = client(server).wait("w", 7, 1, check=False)
            self.assertIn("/runs/1?", server.requests[1].path)
        self.assertEqual((ended.run_id, ended.status), (1, "STOPPED"))

    def test_run_is_a_start_and_a_wait(self) -> None:
        answers = [STARTED, page(run("SUCCEEDED")), Answer(body=run("SUCCEEDED"))]
        with FakeServer(*answers) as server:
            ended = client(server).run("w", {"day": 20210101})
            self.assertEqual(
                server.requests[0].body["run_params"], {"day": {"type": "LONG", "value": 20210101}}
            )
        self.assertTrue(ended.succeeded)


class LogsTest(unittest.TestCase):
    def test_logs_are_read_piece_by_piece(self) -> None:
        pieces = [
            Answer(body={"text": "one ", "offset": 0, "next_offset": 4, "eof": False}),
            Answer(body={"text": "two", "offset": 4, "next_offset": 7, "eof": True}),
        ]
        with FakeServer(*pieces) as server:
            found = list(client(server).logs("w", 7, "s", 1, stream="stderr"))
            self.assertIn("stream=stderr&offset=4&", server.requests[1].path)
        self.assertEqual(found, ["one ", "two"])

    def test_a_log_of_what_still_runs_ends_where_it_is_now(self) -> None:
        same = Answer(body={"text": "", "offset": 4, "next_offset": 4, "eof": False})
        first = Answer(body={"text": "one ", "offset": 0, "next_offset": 4, "eof": False})
        with FakeServer(first, same) as server:
            self.assertEqual(list(client(server).logs("w", 7, "s", 1)), ["one "])

    def test_a_followed_log_goes_on_behind_the_last_event_when_the_stream_breaks(self) -> None:
        stream = "text/event-stream"
        first = Answer(
            body=b'id: 4\ndata: {"offset":0,"text":"one "}\n\n: still here\n\n', content_type=stream
        )
        rest = Answer(
            body=b'id: 8\ndata: {"offset":4,\ndata: "text":"two"}\n\n'
            b'id: 8\nevent: end\ndata: {"offset":8}\n\n',
            content_type=stream,
        )
        log = Answer(body={"text": "", "offset": 0, "next_offset": 0, "eof": False})
        answers = [page(run("IN_PROGRESS")), attempt("RUNNING"), log, first, rest]
        with FakeServer(*answers) as server:
            found = list(client(server).logs("w", 7, "s", 1, follow=True))
            self.assertEqual(server.requests[-1].headers["last-event-id"], "4")
            self.assertIn("/attempts/2/logs/stream", server.requests[-1].path)
        self.assertEqual(found, ["one ", "two"])

    def test_following_waits_until_the_step_begins(self) -> None:
        clock = FakeClock()
        nothing = problem(404, "attempt-not-found", "no")
        end = Answer(body=b"event: end\ndata: {}\n\n", content_type="text/event-stream")
        log = Answer(body={"text": "", "offset": 0, "next_offset": 0, "eof": False})
        live = page(run("IN_PROGRESS"))
        answers = [live, nothing, live, attempt("STARTING"), nothing, live, attempt("RUNNING"), log, end]
        with FakeServer(*answers) as server:
            self.assertEqual(list(client(server, clock=clock).logs("w", 7, "s", 1, follow=True)), [])
        self.assertEqual(len(clock.naps), 2)

    def test_a_step_that_printed_nothing_gives_nothing(self) -> None:
        with FakeServer(problem(404, "log-not-found", "no")) as server:
            self.assertEqual(list(client(server).logs("w", 7, "s", 1)), [])
        with FakeServer(problem(404, "attempt-not-found", "no")) as server, self.assertRaises(NotFound):
            list(client(server).logs("w", 7, "s", 1, attempt=9))

    def test_following_a_step_that_never_prints_ends_with_it(self) -> None:
        nothing = problem(404, "log-not-found", "no")
        with FakeServer(page(run("IN_PROGRESS")), attempt("SUCCEEDED"), nothing) as server:
            self.assertEqual(list(client(server).logs("w", 7, "s", 1, follow=True)), [])


class ListsTest(unittest.TestCase):
    def test_a_list_is_read_page_by_page(self) -> None:
        with FakeServer(page(run("FAILED"), next="c1"), page(run("FAILED", 2))) as server:
            found = list(client(server).list_instances("w", status="FAILED", since=5))
            self.assertEqual(
                [request.path for request in server.requests],
                [
                    "/api/v3/instances?workflow=w&status=FAILED&from=5&first=200",
                    "/api/v3/instances?workflow=w&status=FAILED&from=5&first=200&cursor=c1",
                ],
            )
        self.assertEqual([instance.run_id for instance in found], [1, 2])

    def test_nothing_is_read_before_it_is_iterated(self) -> None:
        with FakeServer(page()) as server:
            listing = client(server).list_workflows(active=True)
            self.assertEqual(server.requests, [])
            self.assertEqual(list(listing), [])
            self.assertIn("active=true", server.requests[0].path)


class PushTest(unittest.TestCase):
    @staticmethod
    def stored(wf: Workflow, **changes: Any) -> Answer:
        document = wf.to_dict()
        document["workflow"].update(changes)
        snapshot = {"workflow_id": "w", "create_time": 1, "author": "me", **document["properties"]}
        body = {
            "workflow": document["workflow"],
            "properties_snapshot": {**snapshot, "step_concurrency": 5},
            "metadata": {"workflow_version_id": 4},
        }
        return Answer(body=body)

    def test_a_push_sends_the_definition_and_who_wrote_it(self) -> None:
        with FakeServer(lambda r: Answer(body={"workflow_definition": self.stored(small()).body})) as s:
            pushed = small().push(client(s))
            body = s.requests[0].body
        self.assertEqual((pushed.workflow_id, pushed.version, pushed.unchanged), ("w", 4, False))
        self.assertEqual(body["dsl_lang"], "python")
        self.assertEqual({key: body[key] for key in ("properties", "workflow")}, small().to_dict())

    def test_a_push_says_what_may_not_be_meant_so(self) -> None:
        warning = {"pointer": "/properties/alerting/webhooks", "message": "found oops"}
        body = {"workflow_definition": self.stored(small()).body, "warnings": [warning]}
        with FakeServer(Answer(body=body)) as server:
            self.assertEqual(small().push(client(server)).warnings, ("found oops",))

    def test_a_dry_run_checks_and_compares_and_pushes_nothing(self) -> None:
        stored = self.stored(small(), description="old")
        with FakeServer(stored, Answer(body={"type": "LOG"})) as server:
            pushed = small().push(client(server), dry_run=True)
            methods = [request.method for request in server.requests]
        self.assertEqual(methods, ["GET", "PUT"])
        self.assertTrue(pushed.dry_run)
        self.assertEqual(str(pushed.diff), "- workflow/description: 'old'")

    def test_what_is_unchanged_is_not_pushed_again_if_so_wished(self) -> None:
        with FakeServer(self.stored(small())) as server:
            pushed = small().push(client(server), only_if_changed=True)
            self.assertEqual(len(server.requests), 1)
        self.assertEqual((pushed.version, pushed.unchanged), (4, True))

    def test_a_diff_names_steps_by_id_and_leaves_unmentioned_properties_alone(self) -> None:
        with workflow("w", owner="you") as wf:
            step("new", "NoOp")
            step("a", "NoOp", params={"x": 2, "y": 0.5})
        with FakeServer(self.stored(small())) as server:
            diff = wf.diff(client(server))
        self.assertEqual(
            [str(change) for change in diff.changes],
            [
                "~ properties/owner: 'me' -> 'you'",
                "~ workflow/steps/a/params/x/value: 1 -> 2",
                "+ workflow/steps/a/params/y: {'type': 'DOUBLE', 'value': 0.5}",
                "+ workflow/steps/new: {'kind': 'step', 'id': 'new', 'type': 'NoOp'}",
            ],
        )
        self.assertFalse(diff.new)

    def test_a_workflow_that_is_not_there_is_new(self) -> None:
        with FakeServer(problem(404, "workflow-not-found", "no")) as server:
            diff = small().diff(client(server))
        self.assertTrue(diff.new)
        self.assertIn("+ workflow/steps/a", str(diff))


class ActionsTest(unittest.TestCase):
    def test_each_action_has_its_route(self) -> None:
        def answer(request: Request) -> Answer:
            return Answer(body={**attempt("SKIPPED").body, **run("STOPPED"), "running": False, "reasons": []})

        with FakeServer(answer) as server:
            c = client(server)
            c.stop("w", 7)
            c.kill("w", 7, 2)
            c.unblock("w")
            c.act_on_step("w", 7, "s", "skip", blocking=False)
            c.restart_step("w", 7, "s")
            c.why("w", 7, step_id="s")
            c.activate("w", 3)
            c.delete_workflow("w")
            found = [f"{r.method} {r.path.removeprefix('/api/v3/workflows/w')}" for r in server.requests]
        self.assertEqual(
            found,
            [
                "PUT /instances/7/actions/stop",
                "GET /instances/7/runs/1?aggregated=true",
                "PUT /instances/7/runs/2/actions/kill",
                "GET /instances/7/runs/1?aggregated=true",
                "PUT /actions/unblock",
                "PUT /instances/7/steps/s/actions/skip?blocking=false",
                "GET /instances/7/runs/1/steps/s/attempts/latest",
                "POST /instances/7/steps/s/actions/restart?blocking=true",
                "GET /instances/7/runs/1/steps/s/attempts/latest",
                "GET /instances/7/runs/latest/steps/s/why",
                "PUT /versions/3/actions/activate",
                "DELETE ",
            ],
        )


if __name__ == "__main__":
    unittest.main()
