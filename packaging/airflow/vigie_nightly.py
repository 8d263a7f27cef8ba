"""Vigie's night as an Airflow DAG, a task for each step; for Airflow 2.7 and later, and 3.

Copy this file into the DAG folder of a worker that has the program and its settings. What to change is said by the
environment of the scheduler and the workers:

  VIGIE_PROGRAM      vigie, by default from PATH
  VIGIE_CONFIG       the settings file, /etc/vigie/vigie.yaml by default
  NIGHT_SCHEDULE     when a night is due, "30 2 * * *" by default
  VIGIE_TIME_ZONE    in which zone, Europe/Paris by default; also the setting time_zone
  NIGHT_START        the first logical date, 2026-01-01 by default

A run's logical date is the day its interval began on, and the night judges as of the end of that day. A task whose step was
done by the same Airflow run is skipped (99), so a run that is cleared goes on where it broke off; with the parameter "again" set
to true, steps are done anew.

Nights of the past come one at a time, in any order: they notify nobody (alerts.deliver_within_days), and end as those from
the oldest to the newest do, which is the cheapest order (docs/operations.md):

  airflow backfill create --dag-id vigie_nightly --from-date 2026-10-01 --to-date 2026-10-31 --max-active-runs 1
  airflow dags backfill vigie_nightly --start-date 2026-10-01 --end-date 2026-10-31     (Airflow 2)
"""

import os
from datetime import timedelta

import pendulum
from airflow.exceptions import AirflowException
from airflow.timetables.interval import CronDataIntervalTimetable

try:
    from airflow.sdk import DAG, BaseOperator, Param
except ImportError:
    from airflow import DAG
    from airflow.models.baseoperator import BaseOperator
    from airflow.models.param import Param

try:
    from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
except ImportError:
    from airflow.exceptions import AirflowFailException, AirflowSkipException

try:
    from airflow.providers.standard.hooks.subprocess import SubprocessHook
except ImportError:
    from airflow.hooks.subprocess import SubprocessHook

STEPS = ["learn", "detect", "claim", "submit", "alert", "report"]
ZONE = os.environ.get("VIGIE_TIME_ZONE", "Europe/Paris")

DONE = 0
INCOMPLETE = 3  # done, but rows were set aside, or deliveries still fail
BUSY = 11  # another run holds the lock
TEMPORARY = 75
NOTHING_TO_DO = 99
INTERRUPTED = (130, 143)  # a worker that was stopped; the run goes on where it was


class VigieOperator(BaseOperator):
    """One step of a night. Its result is the program's last line: a summary as compact JSON."""

    template_fields = ("as_of", "run_key")
    ui_color = "#dce7f3"

    def __init__(self, *, step, as_of, run_key, **kwargs):
        super().__init__(**kwargs)
        self.step = step
        self.as_of = as_of
        self.run_key = run_key
        self.hook = None

    def command(self, again=False):
        """The command line, as a list: nothing of it passes through a shell."""
        return [
            os.environ.get("VIGIE_PROGRAM", "vigie"),
            "nightly",
            *("--config", os.environ.get("VIGIE_CONFIG", "/etc/vigie/vigie.yaml")),
            *("--only", self.step),
            *("--as-of", self.as_of),
            *("--run-key", self.run_key),
            *(("--if-exists", "replace") if again else ("--skip-if-done",)),
            *("--format", "json", "--log-format", "json"),
        ]

    def execute(self, context):
        self.hook = SubprocessHook()
        result = self.hook.run_command(command=self.command(context["params"]["again"]))
        return self.judge(result.exit_code, result.output)

    def judge(self, exit_code, summary):
        """What an exit code means to Airflow: success, skip, retry (AirflowException) or failure without one."""
        words = f"vigie {self.step} ended with exit code {exit_code}: {summary}"
        if exit_code == NOTHING_TO_DO:
            raise AirflowSkipException(words)
        if exit_code == INCOMPLETE and self.step not in ("submit", "alert"):
            self.log.warning("%s", words)
            return summary
        if exit_code in (INCOMPLETE, BUSY, TEMPORARY, *INTERRUPTED) or exit_code < 0:
            raise AirflowException(words)
        if exit_code != DONE:
            raise AirflowFailException(words)
        return summary

    def on_kill(self):
        """SIGTERM: the step ends at its next safe point."""
        if self.hook is not None:
            self.hook.send_sigterm()


with DAG(
    dag_id="vigie_nightly",
    description="The night watch over the merchant's parcels",
    doc_md=__doc__,
    schedule=CronDataIntervalTimetable(os.environ.get("NIGHT_SCHEDULE", "30 2 * * *"), timezone=ZONE),
    start_date=pendulum.parse(os.environ.get("NIGHT_START", "2026-01-01"), tz=ZONE),
    catchup=False,
    max_active_runs=1,  # nights never overlap; a second one would end with exit code 11
    default_args={
        "retries": 5,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(hours=1),
        "depends_on_past": False,  # nights end alike in any order
        "trigger_rule": "none_failed",  # a step with nothing to do (99) is skipped, and those after it are not
        "execution_timeout": timedelta(hours=6),
    },
    params={"again": Param(False, type="boolean", description="do steps anew that this run has done")},
    tags=["vigie"],
) as dag:
    before = None
    for step in STEPS:
        task = VigieOperator(
            task_id=step,
            step=step,
            as_of=f"{{{{ data_interval_start.in_timezone('{ZONE}').to_date_string() }}}}",
            run_key="{{ run_id }}",
        )
        if before is not None:
            before >> task
        before = task
