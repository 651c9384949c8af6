"""Runs a Notebook step in its own process, with papermill. Called by the engine:

    notebook.py INPUT SCRIPT ENVIRONMENTS KEEP_SECONDS [installed]

INPUT is a JSON file of the step's parameters; SCRIPT is not used. driver.py, in the same folder, makes the
environment. The executed notebook is written at every end, and its place is told first.
"""

import argparse
import contextlib
import copy
import importlib.metadata
import importlib.util
import json
import keyword
import logging
import os
import re
import signal
import sys

import driver
from driver import StepError

USER, LOST = 1, 138  # papermill's own status for a kernel that is gone
ENDED = 143
LONGEST_TRACE_LINES, LONGEST_TRACE = 12, 1200
IOPUB_SECONDS = 60  # of 4: a busy machine is no failure of a notebook
NEEDED = ("papermill", "ipykernel")


def main(arguments):
    with open(arguments[0], encoding="utf-8") as file:
        step = json.load(file)
    try:
        wanted = requirements(step)
        if wanted and "installed" not in arguments:
            python = driver.installed(wanted, arguments[2], int(arguments[3]))
            os.execv(python, [python, "-u", os.path.abspath(__file__), *arguments, "installed"])
        require_papermill()
        run(step)
    except StepError as problem:
        driver.fail(problem)


# ---------------------------------------------------------------- environment


def requirements(step):
    """The step's own, and of the operator's those that the step doesn't name; none if nothing need be installed."""
    own = step["requirements"]
    if not own and not missing():
        return []
    named = {package(one) for one in own}
    return own + [one for one in step["site_requirements"] if package(one) not in named]


def package(requirement):
    return re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def missing():
    return [one for one in NEEDED if importlib.util.find_spec(one) is None]


def require_papermill():
    if missing():
        raise StepError(
            f"expected {' and '.join(NEEDED)} in the environment of {sys.executable}, found no {' and no '.join(missing())};"
            " add requirements: [papermill, ipykernel] to the step, or have the operator set"
            " maestro.step.notebook.requirements or a maestro.step.python.interpreter that has them"
        )


# ---------------------------------------------------------------- the notebook that is given


def read(path):
    import nbformat

    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", path):
        scheme = path.split("://")[0]
        raise StepError(f"input_path: expected a file of this machine, found {scheme}://; bring it here by a step before")
    if not os.path.isabs(path):
        raise StepError(f"input_path: expected an absolute path, found {path}; a job has a folder of its own, which is empty")
    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError as problem:
        raise StepError(f"input_path: {path} can't be read: {problem.strerror}") from None
    except Exception as problem:  # whatever isn't JSON, or no notebook
        raise StepError(f"input_path: expected a notebook (.ipynb), found {path}: {first_line(problem)}") from None
    return notebook


def check(notebook, step, options):
    """Refuses what can be seen before anything runs."""
    kernel = options.kernel or notebook.metadata.get("kernelspec", {}).get("name")
    if not kernel:
        raise StepError(
            "expected the notebook to name its kernel (metadata.kernelspec.name), found none;"
            " save it in Jupyter, or write papermill_arguments: [-k, python3, -l, python]"
        )
    from jupyter_client.kernelspec import KernelSpecManager

    kernels = sorted(KernelSpecManager().find_kernel_specs())
    if kernel not in kernels:
        raise StepError(
            f"expected a kernel of the job's environment, one of {', '.join(kernels) or 'none'}, found {kernel};"
            " add the package that brings it to requirements, or write papermill_arguments: [-k, KERNEL]"
        )
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    named = step["named"]
    if named and not tagged:
        raise StepError(
            f"expected a cell with the tag parameters, which declares {', '.join(named)}, found none;"
            " give that tag to the cell with the defaults"
        )
    source = "\n".join(cell.source for cell in tagged)
    unknown = [one for one in step["parameters"] if not re.search(rf"\b{re.escape(one)}\b", source)]
    refused = [one for one in unknown if one in named]
    if refused:
        raise StepError(f"expected parameters that the cell with the tag parameters names, found {', '.join(refused)}")
    if unknown:
        note(f"no cell with the tag parameters names {', '.join(unknown)}: handed over all the same")
    language = options.language or notebook.metadata.get("kernelspec", {}).get("language")
    if language == "python":
        for one in step["parameters"]:
            if keyword.iskeyword(one):
                raise StepError(f"expected a name that Python can give to a variable, found the parameter {one}")
    return language


def papermill_options(words):
    """Those of papermill's that aren't said elsewhere."""
    parser = argparse.ArgumentParser(prog="papermill_arguments", add_help=False, allow_abbrev=False)
    parser.add_argument("-k", "--kernel")
    parser.add_argument("-l", "--language")
    parser.add_argument("--cwd")
    parser.add_argument("--start-timeout", "--start_timeout", type=int, default=60)
    parser.add_argument("--execution-timeout", type=int)
    parser.add_argument("--autosave-cell-every", type=int, default=30)
    parser.add_argument("--report-mode", action="store_true")
    for idle in ("--log-output", "--no-log-output", "--progress-bar", "--no-progress-bar"):
        parser.add_argument(idle, action="store_true")

    def refuse(message):
        raise StepError(
            f"papermill_arguments: {message}; expected some of -k, -l, --cwd, --start-timeout, --execution-timeout,"
            " --autosave-cell-every, --report-mode; parameters are written below notebook"
        )

    parser.error = refuse
    return parser.parse_args(words)


# ---------------------------------------------------------------- running


class Kept:
    """The executed notebook as it stands, written whole or not at all."""

    def __init__(self, path, given):
        self.path = path
        self.notebook = given
        self.had_injected = any(map(is_injected, given.cells))

    def save(self):
        import nbformat

        fresh = self.path + ".new"
        with open(fresh, "w", encoding="utf-8") as file:
            nbformat.write(self.notebook, file)
        os.replace(fresh, self.path)

    def settle(self):
        """papermill calls cells completed that never began, and the one that was at work when all ended."""
        for cell in self.cells():
            facts = cell.metadata.get("papermill", {})
            if not facts.get("start_time"):
                facts["status"] = "pending"
            elif not facts.get("end_time"):
                facts["status"] = "failed"
        self.save()

    def cells(self):
        return [
            cell
            for cell in self.notebook.cells
            if cell.cell_type == "code" and "papermill-error-cell-tag" not in cell.metadata.get("tags", [])
        ]

    def not_run(self):
        return [cell for cell in self.cells() if not cell.metadata.get("papermill", {}).get("start_time")]

    def at_work(self):
        """The last that began."""
        begun = [cell for cell in self.cells() if cell.metadata.get("papermill", {}).get("start_time")]
        return begun[-1] if begun else None

    def name(self, cell):
        """As its author counts."""
        if is_injected(cell) and not self.had_injected:
            return "the cell of the parameters"
        number = 0
        for one in self.notebook.cells:
            tags = one.metadata.get("tags", [])
            if "papermill-error-cell-tag" in tags or (is_injected(one) and not self.had_injected):
                continue
            number += 1
            if one is cell:
                break
        count = cell.get("execution_count")
        return f"cell {number}" + (f" (In [{count}])" if count else "")


def is_injected(cell):
    return "injected-parameters" in cell.metadata.get("tags", [])


def run(step):
    import papermill
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError

    options = papermill_options(step["papermill_arguments"])
    given = read(step["input_path"])
    language = check(given, step, options)
    kept = Kept(os.path.abspath(step["output_path"]), copy.deepcopy(given))
    try:
        os.makedirs(os.path.dirname(kept.path), exist_ok=True)
        kept.save()
    except OSError as problem:
        raise StepError(f"output_path: {kept.path} can't be written: {problem.strerror}") from None
    note(f"the executed notebook: {kept.path}")
    signal.signal(signal.SIGTERM, lambda *_: told_to_end(kept))

    class Engine(NBClientEngine):
        @classmethod
        def execute_managed_notebook(cls, manager, kernel_name, **arguments):
            def save(**_):
                kept.notebook = manager.nb
                manager.last_save_time = manager.now()
                kept.save()

            manager.save = save
            return super().execute_managed_notebook(manager, kernel_name, iopub_timeout=IOPUB_SECONDS, **arguments)

    papermill_engines.register("maestro", Engine)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    lend_helper()
    try:
        kept.notebook = papermill.execute_notebook(
            given,
            kept.path.replace("{", "{{").replace("}", "}}"),  # it is a format there
            parameters=step["parameters"],
            engine_name="maestro",
            kernel_name=options.kernel,
            language=options.language,
            cwd=options.cwd,
            start_timeout=options.start_timeout,
            execution_timeout=options.execution_timeout,
            autosave_cell_every=options.autosave_cell_every,
            report_mode=options.report_mode,
            progress_bar=False,
            stdout_file=sys.stdout,
            stderr_file=sys.stderr,
        )
    except PapermillExecutionError as problem:
        end(kept, USER, f"{failed_cell(kept)} failed: {problem.ename}: {problem.evalue}", trace(problem.traceback))
    except NotImplementedError:
        raise StepError(f"parameters: a notebook in {language} can't take a map; hand it over as a text of JSON") from None
    except Exception as problem:
        fail(kept, problem)
    left = kept.not_run()
    if left:
        at = kept.at_work()
        reason = f"{kept.name(at)} ended the kernel" if at is not None else "none began"
        end(kept, USER, f"cells that didn't run: {len(left)}; {reason}; expected every cell to run")
    kept.settle()
    hand_back(kept, {})


def fail(kept, problem):
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    words = first_line(problem)
    at = kept.at_work()
    where = f"at {kept.name(at)}" if at is not None else "before the first cell"
    if isinstance(problem, DeadKernelError):
        end(kept, LOST, f"the kernel is gone, {where}: {words}; it was killed, ran out of memory or crashed")
    if "IOPub" in str(problem):
        end(kept, LOST, f"the kernel's outputs didn't come within {IOPUB_SECONDS} s, {where}: let cells print less, or to a file")
    if isinstance(problem, CellTimeoutError):
        end(kept, USER, f"{kept.name(at)} took longer than --execution-timeout" if at is not None else words)
    if at is None and isinstance(problem, RuntimeError):
        end(kept, LOST, f"the kernel didn't start: {words}")
    end(kept, USER, f"{type(problem).__name__}, {where}: {words}")


def failed_cell(kept):
    for cell in kept.cells():
        if any(one.output_type == "error" for one in cell.get("outputs", [])):
            return kept.name(cell)
        if cell.metadata.get("papermill", {}).get("exception"):
            return kept.name(cell)
    return "a cell"


def trace(lines):
    """Its end: what is shown as the step's error is short."""
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", "\n".join(lines)).splitlines()
    return "\n".join(plain[-LONGEST_TRACE_LINES:])[-LONGEST_TRACE:]


def told_to_end(kept):
    """Within the grace, from wherever the notebook is; what its kernel has left running ends with the job."""
    with contextlib.suppress(Exception):
        for cell in kept.cells():
            facts = cell.metadata.get("papermill", {})
            if facts.get("status") == "running":
                facts["status"] = "failed"
        kept.settle()
        at = kept.at_work()
        note(f"told to end {'at ' + kept.name(at) if at is not None else 'before the first cell'}; the executed notebook: {kept.path}")
    os._exit(ENDED)


def end(kept, status, message, more=""):
    kept.settle()
    hand_back(kept, {"maestro_retry": {"type": "RETRY", "retryable": True, "platform": True}} if status == LOST else {})
    sys.stdout.flush()
    print("\n".join(one for one in (more, message, f"the executed notebook: {kept.path}") if one), file=sys.stderr)
    sys.stderr.flush()
    sys.exit(status)


def note(text):
    print(text, file=sys.stderr, flush=True)


def first_line(problem):
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]


# ---------------------------------------------------------------- results


def lend_helper():
    """maestro_step, for the notebook's own code."""
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "step")
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = here + (os.pathsep + others if others else "")


def hand_back(kept, more):
    """Adds where the executed notebook is to what the notebook handed back."""
    place = os.environ["MAESTRO_OUTPUT"]
    document = {}
    with contextlib.suppress(FileNotFoundError):
        try:
            with open(place, encoding="utf-8") as file:
                text = file.read()
            document = json.loads(text) if text.strip() else {}
        except ValueError:
            return  # the engine says what is wrong with it
    if not isinstance(document, dict):
        return
    if document and not {"params", "artifacts"} & document.keys():
        document = {"params": document}
    artifacts = document.setdefault("artifacts", {})
    if isinstance(artifacts, dict):
        artifacts["maestro_notebook"] = {"type": "NOTEBOOK", "output_path": kept.path}
        artifacts.update(more)
        fresh = place + ".new"
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump(document, file)
        os.replace(fresh, place)


if __name__ == "__main__":
    main(sys.argv[1:])
