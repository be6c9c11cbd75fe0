"""The content of the form survives, can be a preset, and can come from an earlier report."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.user_session import NewSession, UserSession


def size_field(session: UserSession) -> Locator:
    return session.page.locator("#sample_size")


def fill(session: UserSession) -> None:
    session.choose("Fire 109")
    session.page.locator("form input[name=generation][value=generation-ii]").check(force=True)
    session.page.get_by_role("checkbox", name="Include other forms").uncheck()
    size_field(session).fill("7")
    session.page.get_by_label("Seed").fill("5")
    session.page.get_by_label("Name (optional)").fill("My team")
    session.button("Essentials").click()


def expect_filled(session: UserSession) -> None:
    page = session.page
    expect(page.locator("form input[name=type][value=fire]")).to_be_checked()
    expect(page.locator("form input[name=generation][value=generation-ii]")).to_be_checked()
    expect(page.locator("#include_forms")).not_to_be_checked()
    expect(size_field(session)).to_have_value("7")
    expect(page.locator("#seed")).to_have_value("5")
    expect(page.locator("#name")).to_have_value("My team")
    expect(page.get_by_text(re.compile("^13 (of|de) 30$"))).to_be_visible()


def test_a_draft_survives_a_visit_to_a_report_a_reload_and_another_language(session: UserSession) -> None:
    session.api.make(type="water", sample_size=2)
    session.open()
    fill(session)
    session.ticket("2 Water-type Pokémon").get_by_role("link").first.click()
    expect(session.page.get_by_role("heading", level=1, name="2 Water-type Pokémon")).to_be_visible()
    session.page.go_back()
    expect_filled(session)
    session.page.reload()
    expect_filled(session)
    session.page.get_by_role("link", name="Español", exact=True).click()
    expect(session.page.get_by_role("heading", name="Nuevo informe")).to_be_visible()
    expect_filled(session)
    session.button("Restablecer").click()
    expect(size_field(session)).to_have_value("12")
    session.page.reload()
    expect(size_field(session)).to_have_value("12")
    expect(session.page.locator("#name")).to_have_value("")


def test_a_report_has_the_name_that_the_form_gives_it(session: UserSession) -> None:
    session.open()
    fill(session)
    session.create_button().click()
    expect(session.toast("My team").first).to_be_visible()
    # The next report is another one.
    expect(session.page.locator("#name")).to_have_value("")
    (report,) = session.api.call("GET", "/reports").json()["reports"]
    assert report["name"] == "My team"
    session.open(f"/report/?id={report['id']}")
    expect(session.page.get_by_role("heading", level=1, name="My team")).to_be_visible()


def test_the_request_of_a_report_is_edited_and_run_again(session: UserSession) -> None:
    columns = ["name", "speed", "id"]
    original = session.api.make(
        type="ghost",
        generation="generation-iv",
        include_forms=False,
        sample_size=3,
        columns=columns,
        name="Ghosts",
    )
    session.open(f"/?from={original['id']}")
    page = session.page
    expect(page.get_by_role("status").get_by_role("link", name="Ghosts")).to_be_visible()
    expect(page.get_by_role("heading", name="New report")).to_be_focused()
    expect(page).to_have_url(session.site.url + "/")
    expect(page.get_by_text("3 of 30")).to_be_visible()
    assert session.axe_violations() == []

    page.get_by_label("Name (optional)").fill("Ghosts again")
    page.reload()
    expect(page.get_by_label("Name (optional)")).to_have_value("Ghosts again")
    session.create_button().click()
    expect(session.toast("Ghosts again").first).to_be_visible()
    listed = session.api.call("GET", "/reports").json()["reports"]
    again = session.api.show(listed[0])
    assert again["name"] == "Ghosts again"
    assert again["request"] == original["request"]
    assert again["request"]["columns"] == columns


def test_the_form_says_that_the_report_to_edit_is_gone(session: UserSession) -> None:
    report = session.api.make(type="ice", sample_size=2)
    session.api.call("DELETE", f"/reports/{report['id']}")
    session.open()
    fill(session)
    session.open(f"/?from={report['id']}&status=failed")
    gone = session.page.get_by_text("The report no longer exists, so its request can't be loaded.")
    expect(gone).to_be_visible()
    expect_filled(session)
    expect(session.page).to_have_url(re.compile(r"/\?status=failed$"))


def test_a_preset_is_saved_applied_and_deleted(new_session: NewSession) -> None:
    session = new_session()
    session.open()
    fill(session)
    page = session.page
    session.button("Presets").click()
    dialog = page.get_by_role("dialog", name="Presets")
    expect(dialog.get_by_text("No presets yet")).to_be_visible()
    dialog.get_by_label("Save the current choices as").fill("Fire seven")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Apply Fire seven")).to_be_visible()
    assert session.axe_violations() == []
    page.keyboard.press("Escape")
    expect(session.button("Presets")).to_be_focused()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(size_field(session)).to_have_value("12")

    # In another tab, which has a draft of its own.
    other = UserSession(session.site, session.context.new_page(), session.user)
    other.open()
    expect(size_field(other)).to_have_value("12")
    other.page.get_by_label("Name (optional)").fill("My team")
    other.button("Presets").click()
    other.button("Apply Fire seven").click()
    expect_filled(other)
    other.button("Presets").click()
    other.button("Delete Fire seven").click()
    expect(other.page.get_by_role("dialog").get_by_text("No presets yet")).to_be_visible()
    expect(other.page.get_by_label("Save the current choices as")).to_be_focused()
