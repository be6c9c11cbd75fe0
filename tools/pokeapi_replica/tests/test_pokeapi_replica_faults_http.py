"""A replica process over HTTP: fault injection, statistics, startup and shutdown."""

import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.replica_process import ROOT, running_replica, start_replica


@pytest.fixture(scope="module")
def shared() -> Iterator[str]:
    with running_replica() as base:
        yield base


@pytest.fixture
def base(shared: str) -> Iterator[str]:
    """A replica that these tests share; its switches are reset after each test."""
    yield shared
    defaults = {
        "seed": 0,
        "latency_ms": 0,
        "jitter_ms": 0,
        "error_rate": 0,
        "rate_limit": 0,
        "hang_rate": 0,
        "garbage_rate": 0,
        "missing": [],
        "max_age": 86_400,
        "hostile": {},
    }
    requests.post(_control(shared, "faults"), json=defaults, timeout=5).raise_for_status()


def _control(base: str, name: str) -> str:
    return base.replace("/api/v2", f"/replica/{name}")


def _switch(base: str, **switches: object) -> None:
    requests.post(_control(base, "faults"), json=switches, timeout=5).raise_for_status()


def _stats(base: str) -> dict[str, Any]:
    stats: dict[str, Any] = requests.get(_control(base, "stats"), timeout=5).json()
    return stats


def _statuses(base: str, workers: int) -> list[int]:
    def status(number: int) -> int:
        return requests.get(f"{base}/pokemon/{number}/", timeout=5).status_code

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(status, [*range(1, 60), *range(1, 60)]))


def test_the_same_seed_gives_the_same_errors_for_concurrent_requests(base: str) -> None:
    _switch(base, seed=7, error_rate=0.4)
    sequential = _statuses(base, 1)
    _switch(base, seed=7, jitter_ms=5)
    concurrent = _statuses(base, 8)
    # A path's two requests can arrive in either order, so compare the statuses for each path as a set.
    assert [Counter(pair) for pair in zip(sequential[:59], sequential[59:], strict=True)] == [
        Counter(pair) for pair in zip(concurrent[:59], concurrent[59:], strict=True)
    ]
    assert 25 < sum(status != 200 for status in concurrent) < 70


def test_errors_have_a_reason_and_the_live_cache_control(base: str) -> None:
    _switch(base, error_rate=1)
    responses = [requests.get(f"{base}/pokemon/{number}", timeout=5) for number in range(1, 60)]
    assert {response.status_code for response in responses} == {500, 502, 503, 504, 403, 404, 429}
    for response in responses:
        assert response.text == response.reason
        assert "max-age=432000" in response.headers["Cache-Control"]


def test_requests_over_the_rate_limit_get_429_with_retry_after(base: str) -> None:
    _switch(base, rate_limit=5)
    responses = [requests.get(f"{base}/type/1", timeout=5) for _ in range(30)]
    assert [response.status_code for response in responses[:5]] == [200] * 5
    refused = [response for response in responses if response.status_code == 429]
    assert refused[0].headers["Retry-After"] == "1"
    time.sleep(0.25)
    assert requests.get(f"{base}/type/1", timeout=5).status_code == 200


def test_responses_are_delayed_by_the_latency(base: str) -> None:
    _switch(base, latency_ms=150)
    started = time.monotonic()
    requests.get(f"{base}/type/1", timeout=5)
    assert 0.15 <= time.monotonic() - started < 2


def test_garbage_is_invalid_json_or_a_truncated_body(base: str) -> None:
    _switch(base, garbage_rate=1)
    invalid = truncated = 0
    for number in range(1, 21):
        try:
            requests.get(f"{base}/pokemon/{number}", timeout=5).json()
        except requests.exceptions.JSONDecodeError:
            invalid += 1
        except requests.exceptions.ChunkedEncodingError:
            truncated += 1
    assert invalid + truncated == 20
    assert invalid > 0
    assert truncated > 0


def test_a_hung_request_stays_open_until_the_client_disconnects(base: str) -> None:
    _switch(base, hang_rate=1)
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(f"{base}/ability/1", timeout=0.3)
    deadline = time.monotonic() + 5
    while _stats(base)["open"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert _stats(base)["resources"]["ability"]["hang"] == 1


def test_stats_count_by_resource_and_outcome() -> None:
    with running_replica("--latency-ms", "150") as base:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda number: requests.get(f"{base}/type/{number}", timeout=5), range(1, 5)))
        etag = requests.get(f"{base}/pokemon/1", timeout=5).headers["ETag"]
        requests.get(f"{base}/pokemon/1", headers={"If-None-Match": etag}, timeout=5)
        requests.get(f"{base}/pokemon/0", timeout=5)
        requests.get(f"{base}/berry/1", timeout=5)
        assert _stats(base) == {
            "requests": 8,
            "open": 0,
            "max_concurrent": 4,
            "resources": {
                "other": {"not_found": 1},
                "pokemon": {"not_found": 1, "not_modified": 1, "ok": 1},
                "type": {"ok": 4},
            },
        }


def test_switches_can_be_read_and_changed_individually(base: str) -> None:
    _switch(base, error_rate=0.25)
    _switch(base, latency_ms=3)
    assert requests.get(_control(base, "faults"), timeout=5).json() == {
        "seed": 0,
        "latency_ms": 3,
        "jitter_ms": 0,
        "error_rate": 0.25,
        "rate_limit": 0,
        "hang_rate": 0,
        "garbage_rate": 0,
        "missing": [],
        "max_age": 86_400,
        "hostile": {},
    }


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("error_rate=1", "the body must be JSON"),
        ("[1]", "must be a JSON object"),
        ('{"error_rate": 2}', "must be at most 1"),
        ('{"latency": 5}', "unknown switch: latency; the switches are seed, latency_ms"),
    ],
)
def test_invalid_switches_get_400_with_the_reason(base: str, body: str, message: str) -> None:
    response = requests.post(_control(base, "faults"), data=body, timeout=5)
    assert response.status_code == 400
    assert message in response.json()["error"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_without_output_while_requests_hang(number: signal.Signals) -> None:
    process, base = start_replica("--hang-rate", "0.5", "--garbage-rate", "0.5")
    address = urlsplit(base)
    assert address.hostname is not None
    assert address.port is not None
    connections = []
    for path in range(1, 11):
        connection = socket.create_connection((address.hostname, address.port), timeout=5)
        connection.sendall(f"GET /api/v2/pokemon/{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        connections.append(connection)
    deadline = time.monotonic() + 5
    while (stats := _stats(base))["requests"] + stats["open"] < 10:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert stats["open"] > 0
    process.send_signal(number)
    output, errors = process.communicate(timeout=5)
    assert process.returncode == 0
    assert errors == ""
    assert output == ""
    for connection in connections:
        connection.close()


def _run(*switches: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pokeapi_replica", *switches]
    completed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=10, check=False)
    return completed.returncode, completed.stderr


@pytest.mark.parametrize(
    ("switches", "message"),
    [
        (["--error-rate", "1.5"], "error_rate"),
        (["--error-rate", "some"], "--error-rate"),
        (["--latency-ms", "-5"], "latency_ms must be a number of at least 0"),
        (["--hostile", "pokemon/25"], "must be such as pokemon/25=drip"),
        (["--hostile", "pokemon/25=drop"], "must be such as pokemon/25=drip"),
        (["--synthetic", "0"], "--synthetic must be between 1 and"),
        (["--pad-kb", "inf"], "--pad-kb must be between 0 and"),
        (["--port", "70000"], "--port must be between 0 and 65535"),
    ],
)
def test_an_invalid_switch_prints_one_line_and_exits_2(switches: list[str], message: str) -> None:
    status, errors = _run("--port", "0", *switches)
    assert status == 2
    assert message in errors
    assert errors.count("\n") == 1


def test_a_taken_port_prints_one_line_and_exits_1(base: str) -> None:
    status, errors = _run("--port", str(urlsplit(base).port))
    assert status == 1
    assert "cannot listen on 127.0.0.1:" in errors
    assert errors.count("\n") == 1


def test_the_first_line_of_output_has_the_url_and_the_changed_switches() -> None:
    process, base = start_replica()
    process.terminate()
    process.communicate(timeout=10)
    command = [sys.executable, "-m", "pokeapi_replica", "--port", str(urlsplit(base).port), "--seed", "3"]
    with subprocess.Popen(
        [*command, "--latency-ms", "5"], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as again:
        assert again.stdout is not None
        line = again.stdout.readline()
        again.terminate()
    assert line == f"PokéAPI replica at {base}/ (1351 Pokémon, 1025 species, seed 3, latency_ms 5.0)\n"


def test_a_signal_exits_the_process_even_in_a_finalizer() -> None:
    program = """
import os, signal, sys
from pokeapi_replica import http_server

class Finalized:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)

http_server.exit_on_signals()
finalized = Finalized()
del finalized
sys.exit(3)
"""
    completed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, timeout=30)
    assert completed.returncode == 0


def test_a_missing_pokemon_is_listed_but_its_document_returns_404(base: str) -> None:
    _switch(base, missing=[25])
    names = [entry["name"] for entry in requests.get(f"{base}/pokemon?limit=30", timeout=5).json()["results"]]
    assert "pikachu" in names
    assert requests.get(f"{base}/pokemon/25", timeout=5).status_code == 404
    assert requests.get(f"{base}/pokemon/pikachu/", timeout=5).status_code == 404
    assert requests.get(f"{base}/pokemon-species/25", timeout=5).status_code == 200


def test_missing_must_be_a_list_of_ids(base: str) -> None:
    for value in ("25", [2.5], ["pikachu"], [True]):
        response = requests.post(_control(base, "faults"), json={"missing": value}, timeout=5)
        assert response.status_code == 400
        assert "missing" in response.json()["error"]


def test_max_age_sets_cache_control() -> None:
    with running_replica("--max-age", "3") as base:
        response = requests.get(f"{base}/type/13/", timeout=5)
        assert response.headers["Cache-Control"] == "public, max-age=3, s-maxage=3"
        conditional = {"If-None-Match": response.headers["ETag"]}
        unchanged = requests.get(f"{base}/type/13/", headers=conditional, timeout=5)
        assert (unchanged.status_code, unchanged.headers["Cache-Control"]) == (
            304,
            "public, max-age=3, s-maxage=3",
        )
