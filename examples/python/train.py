"""Train a model, evaluate it, and deploy it only if it is good enough.

    PYTHONPATH=maestro-python/src python3 examples/python/train.py 0.9

pushes it if it has changed, starts it with that goal, shows what the training prints, and says what
became of it. MAESTRO_SERVER names the server (http://127.0.0.1:8080 unless set).
"""

from __future__ import annotations

import sys

from maestro_orchestrator import Client, Retry, Workflow, escape, step, workflow

TRAIN = """\
for epoch in 1 2 3; do echo "epoch $epoch"; done
echo '{"params":{"model":"model-3"}}' > "$MAESTRO_OUTPUT"
"""
EVALUATE = """\
echo '{"params":{"accuracy":0.93}}' > "$MAESTRO_OUTPUT"
"""


def definition() -> Workflow:
    with workflow("example.train", owner="me", run_strategy="parallel") as wf:
        wf.param("goal", 0.9)
        # The scripts use the shell's variables, so their $ are escaped.
        train = step(
            "train",
            "Shell",
            params={"script": escape(TRAIN)},
            outputs={"model": "STRING"},
            retry=Retry(errors=2, delay=60, backoff="fixed"),
            timeout="4h",
        )
        evaluate = step(
            "evaluate", "Shell", params={"script": escape(EVALUATE)}, outputs={"accuracy": "DOUBLE"}
        )
        deploy = step("deploy", "Shell", params={"script": f"echo deploying {train['model']}"})
        reject = step("reject", "Shell", params={"script": f"echo {evaluate['accuracy']} is not enough"})

        train >> evaluate
        evaluate.when("accuracy >= goal") >> deploy
        evaluate.otherwise() >> reject
    return wf


def main(client: Client, goal: float) -> str:
    wf = definition()
    wf.push(client, only_if_changed=True)
    run = client.start(wf.id, {"goal": goal})
    for text in run.logs("train", follow=True):
        print(text, end="")
    run.wait()
    ended = next(
        a.step_id for a in run.steps() if a.step_id in ("deploy", "reject") and a.status == "SUCCEEDED"
    )
    print(ended, "".join(run.logs(ended)), sep=": ", end="")
    return ended


if __name__ == "__main__":
    main(Client.from_environment(user="me"), float(sys.argv[1]))
