"""The columns of a report: groups, selections and order."""

from playwright.sync_api import expect

from tests.browser.user_session import UserSession


def test_columns_are_selected_by_group_and_ordered_with_the_keyboard(session: UserSession) -> None:
    session.open()
    page = session.page
    session.button("None").click()
    expect(page.get_by_text("0 of 30")).to_be_visible()
    session.create_button().click()
    identity = page.get_by_role("checkbox", name="Identity")
    expect(identity).to_be_focused()
    expect(identity).to_have_accessible_description("Select at least one column.")

    page.get_by_role("checkbox", name="Abilities").check()
    page.get_by_role("checkbox", name="Stats").check()
    session.button("Stats: 7 of 7 columns").click()
    page.get_by_role("checkbox", name="HP").uncheck()
    stats = page.get_by_role("checkbox", name="Stats")
    expect(stats).to_be_checked(indeterminate=True)
    session.button("Identity: 0 of 6 columns").click()
    page.get_by_role("checkbox", name="Name", exact=True).check()
    expect(page.get_by_text("9 of 30")).to_be_visible()
    assert session.axe_violations() == []

    session.button("Order").click()
    dialog = page.get_by_role("dialog", name="Order of the columns")
    titles = ["Name", "Attack", "Defense", "Sp. Attack", "Sp. Defense", "Speed", "Total", "Abilities"]
    expect(dialog.get_by_role("listitem")).to_have_text([*titles, "Hidden ability"])
    up = dialog.get_by_role("button", name="Move Total up")
    up.focus()
    for _ in range(6):
        page.keyboard.press("Enter")
    expect(dialog.get_by_role("listitem").first).to_have_text("Total")
    expect(up).to_be_focused()
    dialog.get_by_role("button", name="Move Attack down").click()
    assert session.axe_violations() == []
    page.keyboard.press("Escape")
    expect(session.button("Order (custom)")).to_be_focused()

    session.choose("Ghost 96")
    session.create_button().click()
    expect(session.tickets()).to_have_count(1)
    (listed,) = session.api.call("GET", "/reports").json()["reports"]
    assert session.api.show(listed)["request"]["columns"] == [
        "base_stat_total",
        "name",
        "defense",
        "attack",
        "special_attack",
        "special_defense",
        "speed",
        "abilities",
        "hidden_ability",
    ]
    session.button("Order (custom)").click()
    session.button("Default order").click()
    expect(dialog.get_by_role("listitem").first).to_have_text("Name")
