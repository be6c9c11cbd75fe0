"""Writes a report's progress to its record."""

from datetime import UTC, datetime
from typing import Any

import azure.durable_functions as df

from adapters import dependencies
from adapters.report_table import ReportTable
from domain.messages import RecordProgress
from domain.report import advanced

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def record_progress(payload: Any) -> None:
    run_record_progress(dependencies.report_table(), RecordProgress.from_dict(payload))


def run_record_progress(reports: ReportTable, progress: RecordProgress) -> None:
    reports.change(
        progress.report,
        lambda report: advanced(report, progress.done, progress.failed, datetime.now(UTC)),
    )
