"""Wait until the system settles after fault injection, then check every report and every store."""

import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import requests
from azure.core.exceptions import AzureError

from adapters.idempotency_keys import hash_of
from domain.messages import report_of_instance
from domain.report import ENDED, PUBLISHED
from tools.chaos.client import OWNER, ReportClient
from tools.chaos.findings import Findings, Invariant
from tools.chaos.ledger import Ledger, RequestSpec, Stage, TrackedReport
from tools.chaos.oracle import Oracle, parse_time
from tools.chaos.servers_under_test import MAX_OPEN_REPORTS, ServersUnderTest
from tools.chaos.snapshot import StoreSnapshot, orphaned_instances, read_line, take_snapshot
from tools.chaos.storage_scan import find_report_ids

RUNNING = {"Running", "Pending", "Suspended", "ContinuedAsNew"}
ACCEPTANCE_TIME = timedelta(minutes=1)
"""How long an outbox row may exist without its report's record."""
POLL_SECONDS = 0.2
RECONCILE_SECONDS = 1.0
RECONCILE_ON_AZURES_HOST_SECONDS = 10.0
"""Longer, because each reconciliation sends a message to each instance that must stop and has not."""
THREADS = 4


def settle(
    servers: ServersUnderTest, ledger: Ledger, *, timeout_seconds: float, wait_for_young_rows: bool
) -> StoreSnapshot:
    """Wait without faults until nothing is open, or until the timeout, and return a snapshot.

    The checks report what is still open at the timeout. Outbox rows without a record are removed after a
    minute; ``wait_for_young_rows`` is whether to wait for that.
    """
    client = ReportClient(servers, ledger)
    deadline = time.monotonic() + timeout_seconds
    reconcile_at = 0.0
    while True:
        if time.monotonic() >= reconcile_at:
            client.run_timer("reconcile_reports")
            if any(report.expired for report in ledger.known()):
                client.run_timer("expire_reports")
            interval = RECONCILE_ON_AZURES_HOST_SECONDS if servers.on_azures_host else RECONCILE_SECONDS
            reconcile_at = time.monotonic() + interval
        try:
            snapshot = take_snapshot(servers, with_blobs=False)
        except (AzureError, requests.RequestException):
            if time.monotonic() > deadline:
                raise
            continue
        pending = [*_open(snapshot), *_pending_rows(snapshot), *_expired(snapshot, ledger)]
        if wait_for_young_rows:
            pending += snapshot.outbox
        if not pending or time.monotonic() > deadline:
            break
        time.sleep(POLL_SECONDS)
    for report in ledger.known():
        if report.expired:
            ledger.record_delete(report, Stage.ACCEPTED)
    return take_snapshot(servers)


def check_orphans(servers: ServersUnderTest, ledger: Ledger) -> None:
    """Check for orphaned instances during the run, because devhost's task hub is lost at the next kill."""
    deleted = {report.id for report in ledger.known() if report.delete is Stage.ACCEPTED}
    try:
        orphans = orphaned_instances(servers, deleted)
    except (AzureError, requests.RequestException):
        return
    for name in sorted(orphans) or [""]:
        detail = f"{name} is {orphans.get(name)}, but its report is deleted"
        ledger.findings.check(Invariant.ENGINE, name not in orphans, report_of_instance(name), detail)


def check_line(servers: ServersUnderTest, ledger: Ledger) -> None:
    """Check during the run that the line is within the limit, and that refused requests are not in it."""
    read_at = datetime.now(UTC)
    try:
        line = read_line(servers, OWNER)
    except AzureError:
        return
    count = len(line.reports)
    ledger.findings.check(Invariant.LIMIT, count <= MAX_OPEN_REPORTS, "", f"{count} reports are open")
    for report_id in line.without_record:
        detail = "it is in the line, but has no record, and its request was answered"
        ledger.findings.check(Invariant.REFUSED, ledger.explains(report_id, read_at), report_id, detail)


def verify_refusals(ledger: Ledger, snapshot: StoreSnapshot) -> None:
    """Check that requests of which every attempt was refused left no report and no idempotency key."""
    reports = {record.get("Name"): report_id for report_id, record in snapshot.records.items()}
    keys = {key: report_id for report_id, hashes in snapshot.keys.items() for key in hashes}
    for name in ledger.refused - ledger.possible:
        left = reports.get(name) or keys.get(hash_of(name.encode()))
        ledger.findings.check(
            Invariant.REFUSED, left is None, left or "", f"it belongs to the refused request {name!r}"
        )


def verify(servers: ServersUnderTest, ledger: Ledger, oracle: Oracle, snapshot: StoreSnapshot) -> None:
    """Check every invariant, and record the violations in the ledger's findings."""
    findings = ledger.findings
    known = {report.id: report for report in ledger.known()}
    _verify_existence(known.values(), snapshot, findings)
    # Reports that were accepted although their clients got no response must end correctly as well.
    unknown = [
        TrackedReport(report_id, RequestSpec.from_request(json.loads(record["Request"])))
        for report_id, record in snapshot.records.items()
        if report_id not in known
    ]
    with ThreadPoolExecutor(THREADS) as pool:
        list(
            pool.map(
                lambda report: _verify_report(servers, ledger, oracle, report), [*known.values(), *unknown]
            )
        )
    for report in known.values():
        _verify_links(ReportClient(servers, ledger), report)
    ReportClient(servers, ledger).list()
    _verify_stores(snapshot, findings)
    verify_refusals(ledger, snapshot)


def delete_all(servers: ServersUnderTest, ledger: Ledger, *, timeout_seconds: float) -> None:
    """Delete every remaining report, and check that no data is left."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(
            pool.map(
                lambda report_id: ReportClient(servers, ledger).delete_untracked(report_id),
                take_snapshot(servers).records,
            )
        )
    snapshot = settle(servers, ledger, timeout_seconds=timeout_seconds, wait_for_young_rows=False)
    pending = set(_pending_rows(snapshot))
    rest = replace(snapshot, outbox={name: row for name, row in snapshot.outbox.items() if name in pending})
    ledger.findings.check(Invariant.EMPTY, rest.is_empty, "", f"the stores have {rest}")


def verify_no_traces(servers: ServersUnderTest, ledger: Ledger) -> None:
    """Check, after every report is deleted, that the storage has no report id."""
    for place in find_report_ids(servers.storage) or [""]:
        ledger.findings.check(Invariant.NO_TRACES, not place, "", place)


def _verify_existence(known: Iterable[TrackedReport], snapshot: StoreSnapshot, findings: Findings) -> None:
    for report in known:
        if report.delete is Stage.NONE:
            findings.check(Invariant.DURABLE, report.id in snapshot.records, report.id, "it has no record")
        if report.delete is Stage.ACCEPTED:
            instances = [name for name in snapshot.instances if report_of_instance(name) == report.id]
            for data, exists in {
                "record": report.id in snapshot.records,
                "outbox row": report.id in snapshot.outbox,
                "key": report.id in snapshot.keys,
                "share link": report.id in snapshot.shares,
                "blob": report.id in snapshot.blobs,
                f"instance ({instances})": bool(instances),
            }.items():
                findings.check(Invariant.DELETED, not exists, report.id, f"it still has its {data}")


def _verify_report(servers: ServersUnderTest, ledger: Ledger, oracle: Oracle, report: TrackedReport) -> None:
    findings, report_id = ledger.findings, report.id
    client = ReportClient(servers, ledger)
    view = client.show(report)
    if view is None:
        return
    status = view["status"]
    if not findings.check(Invariant.ENDS, status in ENDED, report_id, f"it is still {status}"):
        return
    had_faults = servers.pokeapi_had_faults(parse_time(view["created_at"]), parse_time(view["finished_at"]))
    violations = list(oracle.check_outcome(view, report, pokeapi_had_faults=had_faults))
    checked = {Invariant.OUTCOME}
    if status in PUBLISHED:
        content = client.download(report)
        checked |= {Invariant.INTACT, Invariant.CORRECT}
        if content is None:
            violations.append((Invariant.INTACT, "it cannot be downloaded"))
        else:
            violations += oracle.check_csv(view, content)
    for invariant, detail in violations:
        findings.check(invariant, False, report_id, detail)
    for invariant in checked - {invariant for invariant, _ in violations}:
        findings.check(invariant, True, report_id, "")


def _verify_links(client: ReportClient, report: TrackedReport) -> None:
    """Open the links that clients had, and a new one, whose row the deletion has to remove."""
    client.open_links(report)
    if report.outcome and report.outcome["status"] in PUBLISHED and report.delete is Stage.NONE:
        client.share(report)
        client.open_links(report)


def _verify_stores(snapshot: StoreSnapshot, findings: Findings) -> None:
    for report_id, blocks in snapshot.blobs.items():
        record = snapshot.records.get(report_id)
        status = record["Status"] if record else "gone"
        holds = status in PUBLISHED and blocks > 0
        findings.check(Invariant.BLOBS, holds, report_id, f"it is {status}, with {blocks} committed blocks")
    for report_id in {*snapshot.outbox, *snapshot.records}:
        row, record = snapshot.outbox.get(report_id), snapshot.records.get(report_id)
        holds = row is None or not _is_pending(snapshot, report_id)
        findings.check(Invariant.OUTBOX, holds, report_id, f"its row is {row}, and its record is {record}")
    for report_id, keys in snapshot.keys.items():
        holds = len(keys) == 1 and report_id in snapshot.records
        exists = report_id in snapshot.records
        findings.check(
            Invariant.KEYS, holds, report_id, f"its keys are {keys}, and it has a record: {exists}"
        )
    for report_id, record in snapshot.records.items():
        if key := record.get("IdempotencyKey"):
            holds = snapshot.keys.get(report_id) == [key]
            findings.check(Invariant.KEYS, holds, report_id, f"its key {key} has another report or none")
    for report_id in snapshot.shares:
        detail = "it has a share link, but no record"
        findings.check(Invariant.LINKS, report_id in snapshot.records, report_id, detail)
    for report_id, record in snapshot.records.items():
        if token := record.get("ShareToken"):
            holds = sha256(token.encode()).hexdigest() in snapshot.shares.get(report_id, [])
            findings.check(Invariant.LINKS, holds, report_id, "the row of its share link is missing")
    for instance_id, status in snapshot.instances.items():
        report_id = report_of_instance(instance_id)
        exists = report_id in snapshot.records
        holds = exists and status not in RUNNING
        detail = f"{instance_id} is {status}, and its report has a record: {exists}"
        findings.check(Invariant.ENGINE, holds, report_id, detail)


def _open(snapshot: StoreSnapshot) -> list[str]:
    reports = {name for name, record in snapshot.records.items() if record["Status"] not in ENDED}
    instances = [name for name, status in snapshot.instances.items() if status in RUNNING]
    return [*reports, *instances]


def _pending_rows(snapshot: StoreSnapshot) -> list[str]:
    return [report_id for report_id in snapshot.outbox if _is_pending(snapshot, report_id)]


def _is_pending(snapshot: StoreSnapshot, report_id: str) -> bool:
    """Whether reconciliation must process an outbox row: all but young rows without a record."""
    row = snapshot.outbox[report_id]
    is_young = datetime.now(UTC) - row.written_at < ACCEPTANCE_TIME
    return row.closing or report_id in snapshot.records or not is_young


def _expired(snapshot: StoreSnapshot, ledger: Ledger) -> list[str]:
    return [report.id for report in ledger.known() if report.expired and report.id in snapshot.records]
