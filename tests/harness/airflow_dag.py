"""packaging/airflow/vigie_nightly.py held against the program, and run in a real Airflow.

  airflow_dag.py structure DAG-FILE VIGIE    compiles; its steps, options and exit codes are the program's own
  airflow_dag.py run                         with a Python that has Airflow: import, one night, retry, skip, failure

The second takes from the environment what tests/end_to_end/airflow.sh sets: the DAG's own VIGIE_..., AIRFLOW_HOME with a
database, BAD_CONFIG (settings with a mistake) and NOTHING (a program that ends with 99).
"""

import ast
import json
import os
import re
import subprocess
import sys


def said(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def expect(what, expected, actual):
    if expected != actual:
        sys.exit(f"{what}:\n  expected: {expected}\n  but got:  {actual}")


def constants(tree):
    """Names given a literal at the top of the file."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                pass
    return found


def structure(path, vigie):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    tree = ast.parse(text, path)
    compile(tree, path, "exec")
    known = constants(tree)
    words = said(vigie, "nightly", "--only", "?")
    steps = re.search(r"expected (.*)", words).group(1).replace(" or ", ", ").split(", ")
    expect("a task for each step, in order", steps, known["STEPS"])

    options = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and str(node.value).startswith("--")}
    options = {option for option in options if " " not in option}
    expect("options are there", True, {"--only", "--as-of", "--run-key", "--skip-if-done", "--format"} <= options)
    accepted = said(vigie, "help", "nightly") + said(vigie, "help")
    expect("options the program does not know", [], [option for option in sorted(options) if option not in accepted])

    manual = said(vigie, "help", "--man")
    codes = {known[name] for name in ("DONE", "INCOMPLETE", "BUSY", "TEMPORARY", "NOTHING_TO_DO")} | set(known["INTERRUPTED"])
    codes |= {1, 2}  # failures without a retry
    documented = {int(code) for line in re.findall(r"^\\fB([0-9, and]+)\\fR$", manual, re.M) for code in re.findall(r"\d+", line)}
    expect("exit codes", documented, codes)


def night(dag, moment, **environment):
    """Run the DAG for the interval before a moment. Returns what Airflow says of each task: (state, tries)."""
    os.environ.update(environment)
    import pendulum

    run = dag.test(logical_date=pendulum.parse(moment))
    return {ti.task_id: ti for ti in run.get_task_instances()}


def run():
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    expect("import errors", {}, bag.import_errors)
    dag = bag.dags["vigie_nightly"]
    steps = ["learn", "detect", "claim", "submit", "alert", "report"]
    expect("order", steps, [task.task_id for task in dag.topological_sort()])
    for task in dag.tasks:  # as it is, but for the patience
        task.retries = 1
        task.retry_delay = task.retry_delay * 0
        task.retry_exponential_backoff = False
    sound = dict(os.environ)

    tasks = night(dag, "2026-04-09T06:00:00+02:00")
    expect("a night", dict.fromkeys(steps, "success"), {name: str(ti.state) for name, ti in tasks.items()})
    summary = tasks["detect"].xcom_pull(task_ids="detect")  # Airflow 3 reads JSON by itself
    summary = summary if isinstance(summary, dict) else json.loads(summary)
    expect("judges the end of the day its interval began on", "2026-04-08T21:59:59.999999Z", summary["as_of"])
    expect("the last line is the XCom", 0, summary["exit"])

    sql = ["psql", "-X", "-q", "-At", "-c"]
    keys = said(*sql, "select distinct run_key from vigie.run").split()
    expect("each step is a run under Airflow's own name for it", [tasks["detect"].run_id], keys)
    command = dag.get_task("detect").command
    expect("what is done is skipped, unless it is wanted again", (True, False),
           ("--skip-if-done" in command(False), "--skip-if-done" in command(True)))

    tasks = night(dag, "2026-04-10T06:00:00+02:00", VIGIE_DATABASE_URL="host=127.0.0.1 port=1 dbname=x")
    expect("75 is tried again", ("failed", 2), (str(tasks["learn"].state), tasks["learn"].try_number))
    expect("what follows waits", "upstream_failed", str(tasks["detect"].state))

    tasks = night(dag, "2026-04-11T06:00:00+02:00", VIGIE_CONFIG=os.environ["BAD_CONFIG"], VIGIE_DATABASE_URL=sound["VIGIE_DATABASE_URL"])
    expect("2 is not", ("failed", 1), (str(tasks["learn"].state), tasks["learn"].try_number))

    tasks = night(dag, "2026-04-12T06:00:00+02:00", VIGIE_CONFIG=sound["VIGIE_CONFIG"], VIGIE_PROGRAM=os.environ["NOTHING"])
    expect("99 skips", dict.fromkeys(steps, "skipped"), {name: str(ti.state) for name, ti in tasks.items()})
    print("airflow: a night of six tasks, a retry, a failure without one, a skip")


if __name__ == "__main__":
    structure(*sys.argv[2:]) if sys.argv[1] == "structure" else run()
