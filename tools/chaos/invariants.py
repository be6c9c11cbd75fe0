"""What must hold when all is calm again, checked report by report and store by store."""

import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import requests
from azure.core.exceptions import AzureError

from domain.messages import report_of_instance
from tools.chaos.api import Api
from tools.chaos.findings import Findings, Rule
from tools.chaos.ledger import ENDED, PUBLISHED, Ledger, Stage, Told, Wish
from tools.chaos.leftovers import leftovers
from tools.chaos.remains import Remains, abandoned_instances, look
from tools.chaos.system import System
from tools.chaos.truth import Truth, moment
from tools.chaos.visitor import Visitor

RUNNING = {"Running", "Pending", "Suspended", "ContinuedAsNew"}
BEING_ACCEPTED = timedelta(minutes=1)
"""As long an outbox row may wait for the record of its report."""
LOOK_AGAIN_SECONDS = 0.2
RECONCILE_AGAIN_SECONDS = 1.0
RECONCILE_ON_AZURES_HOST_SECONDS = 10.0
"""There each round sends a message to each instance that has to stop and has not."""
READERS = 4


def settle(system: System, ledger: Ledger, *, patience_seconds: float, wait_for_young_rows: bool) -> Remains:
    """Wait, all being well again, until nothing is open; returns what is there by then.

    What is still open when patience runs out the checks will name. Rows of reports that never got a
    record take a minute to go: ``wait_for_young_rows`` says whether to wait for them.
    """
    visitor = Visitor(system, ledger)
    deadline = time.monotonic() + patience_seconds
    reconcile_at = 0.0
    while True:
        if time.monotonic() >= reconcile_at:
            visitor.run_now("reconcile_reports")
            if any(told.expired for told in ledger.known()):
                visitor.run_now("expire_reports")
            again = RECONCILE_ON_AZURES_HOST_SECONDS if system.on_azures_host else RECONCILE_AGAIN_SECONDS
            reconcile_at = time.monotonic() + again
        try:
            remains = look(system, at_blobs=False)
        except (AzureError, requests.RequestException):
            if time.monotonic() > deadline:
                raise
            continue
        waiting = [*_open(remains), *_rows_to_deal_with(remains), *_expired(remains, ledger)]
        if wait_for_young_rows:
            waiting += remains.outbox
        if not waiting or time.monotonic() > deadline:
            break
        time.sleep(LOOK_AGAIN_SECONDS)
    for told in ledger.known():
        if told.expired:
            ledger.promised(told, "delete")
    return look(system)


def watch(system: System, ledger: Ledger) -> None:
    """Check, in the middle of everything, what no later look will show: the engine's memory dies with it."""
    gone = {told.id for told in ledger.known() if told.delete is Stage.PROMISED}
    try:
        abandoned = abandoned_instances(system, gone)
    except (AzureError, requests.RequestException):
        return
    for name in sorted(abandoned) or [""]:
        what = f"{name} is {abandoned.get(name)}, and its report is deleted"
        ledger.findings.check(Rule.ENGINE, name not in abandoned, report_of_instance(name), what)


def verify(system: System, ledger: Ledger, truth: Truth, remains: Remains) -> None:
    """Check every rule against what is there; the breaches go into the ledger's findings."""
    findings = ledger.findings
    known = {told.id: told for told in ledger.known()}
    _verify_promises(known.values(), remains, findings)
    # Reports that were accepted without their clients hearing of it must end well all the same.
    strangers = [
        Told(report_id, Wish.of(json.loads(record["Request"])))
        for report_id, record in remains.records.items()
        if report_id not in known
    ]
    with ThreadPoolExecutor(READERS) as readers:
        list(
            readers.map(
                lambda told: _verify_report(system, ledger, truth, told), [*known.values(), *strangers]
            )
        )
    Visitor(system, ledger).list()
    _verify_stores(remains, findings)


def delete_all(system: System, ledger: Ledger, *, patience_seconds: float) -> None:
    """Delete every report that is left, after which nothing at all may be left."""
    with ThreadPoolExecutor(READERS) as clients:

        def delete(report_id: str) -> None:
            answer = Api(system, ledger.findings).call("DELETE", f"/reports/{report_id}")
            status = answer.status_code if answer is not None else None
            ledger.findings.check(
                Rule.ANSWERS, status == 204, report_id, f"its deletion was answered {status}"
            )

        list(clients.map(delete, look(system).records))
    remains = settle(system, ledger, patience_seconds=patience_seconds, wait_for_young_rows=False)
    young = {name for name, row in remains.outbox.items() if not _is_to_deal_with(remains, name)}
    left = Remains(
        remains.records,
        {name: row for name, row in remains.outbox.items() if name not in young},
        remains.keys,
        remains.blobs,
        remains.instances,
    )
    ledger.findings.check(Rule.EMPTY, left.is_nothing, "", f"there is {left}")


def verify_traceless(system: System, ledger: Ledger) -> None:
    """Check, when every report is deleted, that the storage names none, whatever the engine shows."""
    for place in leftovers(system.storage) or [""]:
        ledger.findings.check(Rule.TRACELESS, not place, "", place)


def _verify_promises(known: Iterable[Told], remains: Remains, findings: Findings) -> None:
    for told in known:
        if told.delete is Stage.NEVER:
            findings.check(Rule.KEPT, told.id in remains.records, told.id, "it has no record")
        if told.delete is Stage.PROMISED:
            instances = [name for name in remains.instances if report_of_instance(name) == told.id]
            for what, there in {
                "record": told.id in remains.records,
                "outbox row": told.id in remains.outbox,
                "key": told.id in remains.keys,
                "blob": told.id in remains.blobs,
                f"instance ({instances})": bool(instances),
            }.items():
                findings.check(Rule.GONE, not there, told.id, f"it has left its {what}")


def _verify_report(system: System, ledger: Ledger, truth: Truth, told: Told) -> None:
    findings, report_id = ledger.findings, told.id
    visitor = Visitor(system, ledger)
    shown = visitor.show(told)
    if shown is None:
        return
    status = shown["status"]
    if not findings.check(Rule.ENDED, status in ENDED, report_id, f"it is {status} for good"):
        return
    troubled = system.troubled(moment(shown["created_at"]), moment(shown["finished_at"]))
    found = list(truth.breaches_of_end(shown, told, troubled=troubled))
    rules = {Rule.TRUE}
    if status in PUBLISHED:
        content = visitor.download(told)
        rules |= {Rule.WHOLE, Rule.RIGHT}
        if content is None:
            found.append((Rule.WHOLE, "it cannot be downloaded"))
        else:
            found += truth.breaches_of_csv(shown, content)
    for rule, what in found:
        findings.check(rule, False, report_id, what)
    for rule in rules - {rule for rule, _ in found}:
        findings.check(rule, True, report_id, "")


def _verify_stores(remains: Remains, findings: Findings) -> None:
    for report_id, blocks in remains.blobs.items():
        record = remains.records.get(report_id)
        status = record["Status"] if record else "gone"
        held = status in PUBLISHED and blocks > 0
        findings.check(Rule.BLOBS, held, report_id, f"it is {status}, with {blocks} committed blocks")
    for report_id in {*remains.outbox, *remains.records}:
        row, record = remains.outbox.get(report_id), remains.records.get(report_id)
        held = row is None or not _is_to_deal_with(remains, report_id)
        findings.check(Rule.OUTBOX, held, report_id, f"there is {row}, and the record is {record}")
    for report_id, keys in remains.keys.items():
        held = len(keys) == 1 and report_id in remains.records
        findings.check(Rule.KEYS, held, report_id, f"its keys are {keys}, its record is gone or has one")
    for report_id, record in remains.records.items():
        if key := record.get("IdempotencyKey"):
            held = remains.keys.get(report_id) == [key]
            findings.check(Rule.KEYS, held, report_id, f"its key {key} stands for another report or none")
    for instance_id, status in remains.instances.items():
        report_id = report_of_instance(instance_id)
        held = report_id in remains.records and status not in RUNNING
        there = "has a record" if report_id in remains.records else "is gone"
        findings.check(Rule.ENGINE, held, report_id, f"{instance_id} is {status}, and the report {there}")


def _open(remains: Remains) -> list[str]:
    unfinished = {name for name, record in remains.records.items() if record["Status"] not in ENDED}
    running = [name for name, status in remains.instances.items() if status in RUNNING]
    return [*unfinished, *running]


def _rows_to_deal_with(remains: Remains) -> list[str]:
    return [report_id for report_id in remains.outbox if _is_to_deal_with(remains, report_id)]


def _is_to_deal_with(remains: Remains, report_id: str) -> bool:
    row = remains.outbox[report_id]
    is_young = datetime.now(UTC) - row.written_at < BEING_ACCEPTED
    return row.closing or report_id in remains.records or not is_young


def _expired(remains: Remains, ledger: Ledger) -> list[str]:
    return [told.id for told in ledger.known() if told.expired and told.id in remains.records]
