"""A deleted report leaves nothing, whatever it was doing."""

from typing import Any

import pytest

from tests.e2e.client import Client, blob_names, instances, outbox, record_ids, share_rows
from tools.local.stack import Stack


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_report_deleted_while_running_leaves_nothing(system: Stack, client: Client) -> None:
    report = client.request(type="psychic")
    while client.show(report)["progress"]["done"] < 3:
        pass
    assert client.call("DELETE", f"/reports/{report['id']}").status_code == 204
    assert_nothing_left(system, client, report)


def test_an_ended_report_that_is_deleted_leaves_nothing(system: Stack, client: Client) -> None:
    report = client.make(type="bug", sample_size=3)
    client.call("PUT", f"/reports/{report['id']}/share").raise_for_status()
    assert client.call("DELETE", f"/reports/{report['id']}").status_code == 204
    assert_nothing_left(system, client, report)


def assert_nothing_left(system: Stack, client: Client, report: dict[str, Any]) -> None:
    """The report and its CSV are gone at once, and the rest once the reconciler has looked again."""
    assert client.call("GET", f"/reports/{report['id']}").status_code == 404
    assert client.call("DELETE", f"/reports/{report['id']}").status_code == 404
    assert not [name for name in blob_names(system, uncommitted=False) if report["id"] in name]
    client.reconcile_until(lambda: report["id"] not in outbox(system))
    assert not [name for name in blob_names(system) if report["id"] in name]
    assert report["id"] not in record_ids(system) | share_rows(system)
    assert not [name for name in instances(system) if report["id"] in name]
