"""Stops a deployment whose plan would delete data.

Reads the plan from standard input: ``terraform show -json plan.tfplan | python infra/data_loss.py``. Some
changes of a variable make Terraform create a resource again, without its data: docs/operations.md lists them.
"""

import json
import sys
from typing import Any

HOLDS_DATA = {
    "azurerm_storage_account.this": "all reports, and the orchestrations of open reports",
    "azurerm_storage_container.reports": "the CSVs",
    'azapi_resource.table["reports"]': "the records of the reports",
    "azapi_resource.scheduler[0]": "the orchestrations of open reports",
    "azapi_resource.task_hub[0]": "the orchestrations of open reports",
}


def deletions(plan: dict[str, Any]) -> dict[str, str]:
    """The resources with data that ``plan`` deletes or replaces, and what is lost with each."""
    return {
        change["address"]: HOLDS_DATA[change["address"]]
        for change in plan.get("resource_changes", [])
        if change["address"] in HOLDS_DATA and "delete" in change["change"]["actions"]
    }


def main() -> None:
    lost = deletions(json.load(sys.stdin))
    for address, data in lost.items():
        sys.stdout.write(f"The plan deletes {address}: {data}.\n")
    if lost:
        sys.exit(
            "Nothing was applied. See docs/operations.md, 'Change a variable', or allow the loss of data."
        )
    sys.stdout.write("The plan deletes no data.\n")


if __name__ == "__main__":
    main()
