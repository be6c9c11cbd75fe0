"""The workflows hold credentials only where they need them, and every dependency is locked with its hash."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests import terraform_files
from tests.terraform_files import INFRA
from tools.local.process import REPOSITORY

WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "requirements-dev.lock": ["requirements.txt", "requirements-dev.txt"],
    "cli/requirements.lock": ["cli/pyproject.toml"],
    "infra/requirements.lock": ["infra/requirements.txt"],
    "tools/audit/requirements.lock": ["tools/audit/requirements.txt"],
}
NPM_FOLDERS = ["web", "tools/local", "infra/kql"]
THIRD_PARTY_CODE = re.compile(r"\b(npm|npx|pip|uv|make)\b")

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.name))


def _jobs(workflow: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(workflow.read_text())["jobs"]
    return jobs


def _scripts(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


@each_workflow
def test_a_workflow_uses_no_secrets_and_grants_nothing_by_default(workflow: Path) -> None:
    assert "secrets." not in workflow.read_text()
    assert yaml.safe_load(workflow.read_text())["permissions"] == {"contents": "read"}


@each_workflow
def test_only_a_job_with_an_environment_can_sign_in_to_azure(workflow: Path) -> None:
    for name, job in _jobs(workflow).items():
        permissions = job.get("permissions", {})
        written = {scope for scope, access in permissions.items() if access == "write"}
        assert written <= {"id-token", "security-events"}, name
        assert ("id-token" in written) == ("environment" in job), name


@each_workflow
def test_a_job_that_can_change_azure_runs_nothing_from_a_registry(workflow: Path) -> None:
    for name, job in _jobs(workflow).items():
        environment = job.get("environment", {}).get("name", "-read")
        if not environment.endswith("-read"):
            for script in _scripts(job):
                assert not THIRD_PARTY_CODE.search(script), name


@each_workflow
def test_a_checkout_leaves_no_token_behind(workflow: Path) -> None:
    for job in _jobs(workflow).values():
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert [step["with"] for step in checkouts] == [{"persist-credentials": False}] * len(checkouts)


@each_workflow
def test_a_workflow_has_no_expressions_in_its_scripts(workflow: Path) -> None:
    for job in _jobs(workflow).values():
        for script in _scripts(job):
            assert "${{" not in script


@each_workflow
def test_the_scripts_that_a_workflow_runs_exist(workflow: Path) -> None:
    for script in re.findall(r"(?<![\w./])((?:infra|\.ci)/[\w/]+\.?\w+)", workflow.read_text()):
        # CI makes the lock file of the providers, for someone to commit.
        assert (REPOSITORY / script).exists() or script.endswith(".hcl"), script


@each_workflow
def test_an_action_is_pinned_to_a_commit(workflow: Path) -> None:
    actions = re.findall(r"uses: (.+)", workflow.read_text())
    assert actions
    for action in actions:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", action), action


def test_every_environment_can_be_deployed() -> None:
    inputs = yaml.safe_load((REPOSITORY / ".github/workflows/deploy.yml").read_text())[True][
        "workflow_dispatch"
    ]["inputs"]
    (validation,) = terraform_files.variables()["environment"]["validation"]
    assert inputs["environment"]["options"] == terraform_files.strings(validation["condition"])
    for path in (INFRA / "environments").glob("*.tfvars"):
        assert terraform_files.parse(f"environments/{path.name}")["environment"] == path.stem


def test_a_deployment_checks_the_plan_before_it_applies_it() -> None:
    steps = _jobs(REPOSITORY / ".github/workflows/deploy.yml")["app"]["steps"]
    (check,) = [step for step in steps if "data_loss.py" in step.get("run", "")]
    (apply,) = [step for step in steps if "terraform apply" in step.get("run", "")]
    assert check["if"] == "${{ !inputs.allow_data_loss }}"
    assert steps.index(check) < steps.index(apply)


def test_a_job_that_can_sign_in_runs_only_providers_whose_checksums_are_committed() -> None:
    commands = [
        step["run"]
        for path in WORKFLOWS
        for job in _jobs(path).values()
        if "environment" in job
        for step in job["steps"]
        if "terraform init" in step.get("run", "")
    ]
    assert commands
    assert all("terraform init -lockfile=readonly" in command for command in commands)


def test_every_environment_with_settings_is_planned_each_day() -> None:
    plan = _jobs(REPOSITORY / ".github/workflows/plan.yml")["plan"]
    environments = sorted(path.stem for path in (INFRA / "environments").glob("*.tfvars"))
    assert plan["strategy"]["matrix"]["environment"] == environments


def test_all_workflows_use_the_same_terraform_version() -> None:
    versions = {
        version for path in WORKFLOWS for version in re.findall(r"terraform_version: (.+)", path.read_text())
    }
    assert len(versions) == 1


def test_a_command_that_changes_resources_names_its_environment() -> None:
    """Without its variables, Terraform would plan to destroy most of the environment."""
    pages = [*(REPOSITORY / "docs").glob("*.md"), *REPOSITORY.glob("README*.md")]
    commands = {
        line.strip()
        for page in pages
        for block in re.findall(r"```console\n(.*?)```", page.read_text(), re.DOTALL)
        for line in block.splitlines()
        if re.search(r"terraform (-chdir=\S+ )?(plan|apply|destroy)", line)
    }
    assert commands
    for command in commands:
        assert "-var-file=environments/" in command, command


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_python_package_has_hashes(lock: str) -> None:
    packages = re.split(r"^(?=\S)", (REPOSITORY / lock).read_text(), flags=re.MULTILINE)
    pinned = [package for package in packages if package and not package.startswith("#")]
    assert len(pinned) > 5
    for package in pinned:
        assert re.match(r"[\w.-]+==\S+ ", package), package
        assert "--hash=sha256:" in package, package


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_contains_the_versions_that_are_required(lock: str) -> None:
    locked = set(re.findall(r"^([\w.-]+==[^ ;]+)", (REPOSITORY / lock).read_text(), re.MULTILINE))
    for source in LOCKS[lock]:
        lines = re.findall(
            r'^\s*"?([A-Za-z][\w.-]*==[^\s",#]+)', (REPOSITORY / source).read_text(), re.MULTILINE
        )
        assert lines
        assert set(lines) <= locked, f"Run `make lock`: {source} has changed."


@pytest.mark.parametrize("folder", NPM_FOLDERS)
def test_every_locked_npm_package_has_its_integrity(folder: str) -> None:
    packages = json.loads((REPOSITORY / folder / "package-lock.json").read_text())["packages"]
    unverified = [path for path, package in packages.items() if path and "integrity" not in package]
    assert unverified == []


def test_every_lock_is_audited_and_updated() -> None:
    makefile = (REPOSITORY / "Makefile").read_text()
    for lock in LOCKS:
        assert f"--output-file {lock}" in makefile
    assert re.search(rf"^NPM_FOLDERS := {' '.join(NPM_FOLDERS)}$", makefile, re.MULTILINE)
