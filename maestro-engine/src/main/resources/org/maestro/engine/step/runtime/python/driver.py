"""Runs a Python step in its own process. Called by the engine:

    driver.py INPUT SCRIPT ENVIRONMENTS KEEP_SECONDS [installed]

INPUT is a JSON file of the step's parameters, SCRIPT a file with its text, and ENVIRONMENTS the folder of the
virtual environments of the user this process runs as. It needs Python 3.9 or newer and nothing else.
"""

import contextlib
import fcntl
import hashlib
import importlib
import inspect
import json
import linecache
import math
import os
import runpy
import shutil
import subprocess
import sys
import time
import traceback
import types

FAILED = 1
LONG = 2**63


class StepError(Exception):
    """Something that the step's author can mend; shown without a traceback."""


def main(arguments):
    with open(arguments[0], encoding="utf-8") as file:
        step = json.load(file)
    try:
        if step["requirements"] and "installed" not in arguments:
            python = installed(step["requirements"], arguments[2], int(arguments[3]))
            os.execv(python, [python, "-u", os.path.abspath(__file__), *arguments, "installed"])
        run(step, arguments[1])
    except StepError as problem:
        fail(problem)


def fail(problem):
    sys.stdout.flush()
    print(problem, file=sys.stderr)
    sys.exit(FAILED)


# ---------------------------------------------------------------- environments


def installed(requirements, environments, keep_seconds):
    """The interpreter of an environment with these packages; one that another job made, if it can be."""
    what = json.dumps([sys.version, os.path.realpath(sys.executable), sorted(requirements)])
    place = os.path.join(environments, hashlib.sha256(what.encode()).hexdigest()[:32])
    done = os.path.join(place, "complete")
    lock = os.open(place + ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    while True:
        if not taken_at_once(lock, fcntl.LOCK_SH):
            print("waits for another job that installs the same requirements", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_SH)
        if os.path.exists(done):
            break
        fcntl.flock(lock, fcntl.LOCK_EX)  # others may be sooner
        if not os.path.exists(done):
            shutil.rmtree(place, ignore_errors=True)
            install(requirements, place)
            open(done, "w").close()
    os.utime(done)
    remove_unused(environments, keep_seconds)
    os.set_inheritable(lock, True)  # as long as this job runs nobody removes it
    return os.path.join(place, "bin", "python")


def taken_at_once(lock, how):
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


def install(requirements, place):
    print("installs " + ", ".join(requirements), file=sys.stderr)
    environment = dict(os.environ)
    if "PIP_CACHE_DIR" not in environment and "UV_CACHE_DIR" not in environment:  # nobody would empty it
        environment.update(PIP_NO_CACHE_DIR="1", UV_NO_CACHE="1")
    python = os.path.join(place, "bin", "python")
    if shutil.which("uv"):
        call(["uv", "venv", "--quiet", "--python", sys.executable, place], environment, "made")
        call(["uv", "pip", "install", "--python", python, "--", *requirements], environment, "filled")
    else:
        call([sys.executable, "-m", "venv", place], environment, "made (Debian has venv as python3-venv)")
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--"]
        call([*pip, *requirements], environment, "filled")


def call(command, environment, done):
    status = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode
    if status != 0:
        raise StepError(
            f"the environment for the requirements can't be {done}:"
            f" {os.path.basename(command[0])} exited with {status}, its words are above"
        )


def remove_unused(environments, keep_seconds):
    for name in os.listdir(environments):
        place = os.path.join(environments, name)
        with contextlib.suppress(OSError):
            if time.time() - os.stat(os.path.join(place, "complete")).st_mtime > keep_seconds:
                with open(place + ".lock", "r+") as lock:
                    if taken_at_once(lock, fcntl.LOCK_EX):
                        os.remove(os.path.join(place, "complete"))
                        shutil.rmtree(place, ignore_errors=True)


# ---------------------------------------------------------------- running


def run(step, script):
    sys.path[0] = os.getcwd()
    sys.argv = [step["module"] or "script.py", *step["argv"]]
    sys.modules["maestro_step"] = helper()
    function, args = step["function"], step["args"]
    with traced():
        if step["module"] and not function:
            runpy.run_module(step["module"], run_name="__main__", alter_sys=True)
            return
        if step["module"]:
            space = vars(importlib.import_module(step["module"]))
        else:
            space = script_space(script, "script" if function else "__main__", {} if function else args)
        if function:
            hand_back(called(space, function, args))


def script_space(script, name, variables):
    """Runs the text as a module that can be pickled from, and whose lines a traceback shows."""
    with open(script, encoding="utf-8") as file:
        text = file.read()
    linecache.cache["script.py"] = (len(text), None, text.splitlines(True), "script.py")
    module = types.ModuleType(name)
    module.__file__ = script
    module.__dict__.update(variables)
    sys.modules[name] = module
    exec(compile(text, "script.py", "exec"), module.__dict__)
    return module.__dict__


def called(space, name, args):
    function = space.get(name)
    if not callable(function):
        here = [one for one, value in space.items() if inspect.isfunction(value)]
        raise StepError(f'expected a function "{name}", found {", ".join(here) or "no function"}')
    try:
        inspect.signature(function).bind(**args)
    except TypeError as problem:
        raise StepError(f"args don't fit {name}{inspect.signature(function)}: {problem}") from None
    except ValueError:
        pass  # one that doesn't tell what it takes
    result = function(**args)
    if inspect.iscoroutine(result):
        import asyncio

        result = asyncio.run(result)
    return result


@contextlib.contextmanager
def traced():
    """Shows a traceback that begins at the user's own code."""
    try:
        yield
    except StepError:
        raise
    except Exception as problem:
        trace = problem.__traceback__
        while trace and trace.tb_frame.f_code.co_filename in (__file__, runpy.__file__, contextlib.__file__):
            trace = trace.tb_next
        sys.stdout.flush()
        traceback.print_exception(type(problem), problem, trace)
        sys.exit(FAILED)


# ---------------------------------------------------------------- results


def helper():
    module = types.ModuleType("maestro_step", "What a step's own code may use.")
    module.output = output
    return module


def hand_back(result):
    if result is None:
        return
    if isinstance(result, dict) and all(isinstance(name, str) for name in result):
        output(**result)
    else:
        output(result=result)


def output(**values):
    """Hands values back as the step's output parameters; what was handed back before stays."""
    place = os.environ["MAESTRO_OUTPUT"]
    params = {}
    if os.path.exists(place) and os.path.getsize(place):
        with open(place, encoding="utf-8") as file:
            params = json.load(file)
            params = params.get("params", params)
    for name, value in values.items():
        params[name] = typed(name, value)
    fresh = place + ".new"
    with open(fresh, "w", encoding="utf-8") as file:
        json.dump({"params": params}, file, allow_nan=False)
    os.replace(fresh, place)


def typed(name, value):
    value = plain(name, value)
    kind = type_of(value)
    if isinstance(value, list):
        kinds = {type_of(one) for one in value}
        if kinds == {"LONG", "DOUBLE"}:
            value, kinds = [float(one) for one in value], {"DOUBLE"}
        if len(kinds) > 1 or kinds & {"MAP", "LIST"}:
            found = ", ".join(sorted(kinds))
            raise StepError(
                f"output {name}: expected a list of texts, of whole numbers, of numbers or of booleans, found {found}"
            )
        kind = (kinds or {"STRING"}).pop() + "_ARRAY"
    return {"type": kind, "value": value} if kind != "MAP" else value


def type_of(value):
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, int):
        return "LONG"
    if isinstance(value, float):
        return "DOUBLE"
    if isinstance(value, str):
        return "STRING"
    return "LIST" if isinstance(value, list) else "MAP"


def plain(name, value):
    """As JSON has it: numbers of other libraries, dates and tuples, too."""
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if not -LONG <= value < LONG:
            raise StepError(f"output {name}: expected a whole number of 64 bits, found {value}")
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise StepError(f"output {name}: expected a finite number, found {value}")
        return float(value)
    if isinstance(value, dict):
        return {str(key): plain(f"{name}.{key}", one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(f"{name}[{i}]", one) for i, one in enumerate(value)]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "tolist"):  # of NumPy and pandas, alone or many
        return plain(name, value.tolist())
    raise StepError(
        f"output {name}: expected text, numbers, booleans, dates, lists or dicts of them, found {type(value).__name__}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
