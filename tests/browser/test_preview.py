"""The first rows of a report before it is created, and the commands that create it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.site import Site
from tests.browser.user_session import UserSession
from tools.local.process import REPOSITORY

NAME = 'It\'s "my" team; $HOME `id` \\ é!'


def choose_sample(session: UserSession, seed: str) -> None:
    session.open()
    session.choose("Electric 114")
    session.page.get_by_role("spinbutton", name="Sample size").fill("8")
    session.page.get_by_label("Seed").fill(seed)
    session.button("Essentials").click()


def open_preview(session: UserSession) -> Locator:
    session.button("Preview").click()
    dialog = session.page.get_by_role("dialog", name="Preview")
    expect(dialog.get_by_text("First 5 of 8 rows")).to_be_visible()
    return dialog


def numbers_in(dialog: Locator) -> list[str]:
    return dialog.locator("tbody tr > td:first-child").all_inner_texts()


def first_numbers_of(session: UserSession, report: dict[str, Any]) -> list[str]:
    rows = list(csv.reader(session.api.download(report).decode().splitlines()))
    return [row[0] for row in rows[1:6]]


def created_report(session: UserSession) -> dict[str, Any]:
    session.create_button().click()
    expect(session.tickets().get_by_text("Succeeded")).to_be_visible()
    (listed,) = session.api.call("GET", "/reports").json()["reports"]
    shown: dict[str, Any] = session.api.show(listed)
    return shown


def test_the_preview_has_the_first_rows_of_the_report(session: UserSession) -> None:
    choose_sample(session, "7")
    dialog = open_preview(session)
    expect(dialog.get_by_role("columnheader")).to_have_count(13)
    assert dialog.get_by_role("columnheader").all_inner_texts()[:3] == ["No.", "Name", "Types"]
    expect(dialog.get_by_role("button", name="Use this seed")).to_have_count(0)
    previewed = numbers_in(dialog)
    assert len(previewed) == 5
    assert session.axe_violations() == []
    session.page.keyboard.press("Escape")
    expect(session.button("Preview")).to_be_focused()
    assert session.api.call("GET", "/reports").json()["reports"] == []
    assert first_numbers_of(session, created_report(session)) == previewed


def test_the_drawn_sample_of_a_preview_can_be_the_reports(session: UserSession) -> None:
    choose_sample(session, "")
    dialog = open_preview(session)
    previewed = numbers_in(dialog)
    dialog.get_by_role("button", name="Use this seed").click()
    expect(session.page.get_by_label("Seed")).not_to_have_value("")
    assert first_numbers_of(session, created_report(session)) == previewed


def test_a_preview_that_fails_says_why_and_is_tried_again(session: UserSession, site: Site) -> None:
    choose_sample(session, "7")
    site.configure_pokeapi(error_rate=1)
    try:
        session.button("Preview").click()
        dialog = session.page.get_by_role("dialog", name="Preview")
        expect(dialog.get_by_role("alert")).to_contain_text("A service we depend on is unavailable.")
        assert session.axe_violations() == []
    finally:
        site.configure_pokeapi(error_rate=0)
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.get_by_text("First 5 of 8 rows")).to_be_visible()


def test_an_invalid_form_is_not_previewed_or_copied(session: UserSession) -> None:
    choose_sample(session, "seven")
    for name in ("Preview", "Copy as curl"):
        session.button(name).click()
        expect(session.page.get_by_label("Seed")).to_be_focused()
    expect(session.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("command", ["curl", "poke"])
def test_a_copied_command_creates_the_same_report(session: UserSession, tmp_path: Path, command: str) -> None:
    session.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose_sample(session, "7")
    session.page.locator("form input[name=generation][value=generation-iii]").check(force=True)
    session.page.get_by_role("checkbox", name="Include other forms").uncheck()
    session.page.get_by_role("spinbutton", name="Sample size").fill("2")
    session.page.get_by_label("Name (optional)").fill(NAME)
    session.button(f"Copy as {command}").click()
    expect(session.toast(f"Copied the {command} command.")).to_be_visible()
    text: str = session.page.evaluate("navigator.clipboard.readText()")

    created = json.loads(run_in_bash(text, tmp_path))
    expected = created_report(session)
    assert created["name"] == expected["name"] == NAME
    assert created["request"] == expected["request"]
    assert created["id"] != expected["id"]


def run_in_bash(command: str, folder: Path) -> str:
    """Run a pasted command. `poke` is the client of this checkout; it prints the report and does not wait."""
    poke = f'poke() {{ "{sys.executable}" -m cli "$@" --no-wait --json; }}\n'
    environment = os.environ | {"PYTHONPATH": os.fspath(REPOSITORY), "XDG_CONFIG_HOME": os.fspath(folder)}
    completed = subprocess.run(
        ["/bin/bash", "-c", poke + command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return completed.stdout
