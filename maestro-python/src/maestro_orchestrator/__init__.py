"""Workflows for Maestro in Python: describe them, push them, run them.

    from maestro_orchestrator import Client, step, workflow

    with workflow("hello", owner="me") as wf:
        greet = step("greet", "Shell", params={"script": "echo Hello"})
        greet >> step("done", "NoOp")

    client = Client(user="me")
    wf.push(client)
    client.run("hello")

Importing this package does nothing else: no connection, no file, no thread.
"""

from ._source import Source
from ._version import __version__
from .client import Client, Run
from .definition import Handler, Workflow, workflow
from .diff import Change, Diff
from .errors import (
    ApiError,
    BadRequest,
    Conflict,
    ConnectionFailed,
    DefinitionError,
    Forbidden,
    MaestroError,
    NotFound,
    Problem,
    RejectedDefinition,
    RequestTimeout,
    RunFailed,
    ServerError,
    Unauthorized,
    WaitTimeout,
)
from .functions import call
from .loops import Acted, FailureGroup, Iteration, Loop, LoopSummary
from .params import ModeName, Param, ParamLike, Ref, TypeName, escape, expr, param
from .retry import Each, Retry
from .signals import announce, at_least, at_most, less_than, more_than, signal
from .steps import (
    FailureMode,
    Foreach,
    Group,
    Step,
    Subworkflow,
    Template,
    While,
    chain,
    foreach,
    step,
    subworkflow,
    template,
    while_,
)
from .triggers import SignalMatch, cron, interval, on_signals, predefined
from .views import Instance, Pushed, Reason, StepAttempt, Why

__all__ = [
    "Acted",
    "ApiError",
    "BadRequest",
    "Change",
    "Client",
    "Conflict",
    "ConnectionFailed",
    "DefinitionError",
    "Diff",
    "Each",
    "FailureGroup",
    "FailureMode",
    "Forbidden",
    "Foreach",
    "Group",
    "Handler",
    "Instance",
    "Iteration",
    "Loop",
    "LoopSummary",
    "MaestroError",
    "ModeName",
    "NotFound",
    "Param",
    "ParamLike",
    "Problem",
    "Pushed",
    "Reason",
    "Ref",
    "RejectedDefinition",
    "RequestTimeout",
    "Retry",
    "Run",
    "RunFailed",
    "ServerError",
    "SignalMatch",
    "Source",
    "Step",
    "StepAttempt",
    "Subworkflow",
    "Template",
    "TypeName",
    "Unauthorized",
    "WaitTimeout",
    "While",
    "Why",
    "Workflow",
    "__version__",
    "announce",
    "at_least",
    "at_most",
    "call",
    "chain",
    "cron",
    "escape",
    "expr",
    "foreach",
    "interval",
    "less_than",
    "more_than",
    "on_signals",
    "param",
    "predefined",
    "signal",
    "step",
    "subworkflow",
    "template",
    "while_",
    "workflow",
]
