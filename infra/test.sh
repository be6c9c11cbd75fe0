#!/usr/bin/env bash
# Checks infra/ without Azure: `make infra-test`.
#
# terraform validate and test need the providers, which `terraform init` downloads. If the download fails, these
# steps are skipped and listed at the end; with PROVIDERS=required the script then fails.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-.venv/bin/python}
tools=.local/infra-tools
plugins=.local/terraform
skipped=()

step() { printf '\n== %s\n' "$1"; }

if [ ! -x "$tools/bin/checkov" ] || [ infra/requirements.lock -nt "$tools/.installed" ]; then
    echo "Installing the checks in $tools ..."
    "$python" -m venv --clear "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement infra/requirements.lock
    touch "$tools/.installed"
fi
step "checkov"
# Without --skip-download, checkov fetches guidelines for its report from a server.
"$tools/bin/checkov" --directory infra --framework terraform --compact --quiet --skip-download

step "scripts and workflows"
export PATH="$PWD/$tools/bin:$PATH"
shellcheck infra/*.sh .ci/run
check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
zizmor --offline --quiet --no-progress .github

step "settings, queries, runbooks, package, telemetry, workflows"
"$python" -m pytest -q tests/integration/test_infra*.py tests/integration/test_telemetry.py

if ! command -v terraform >/dev/null; then
    skipped+=("terraform fmt, validate and test: terraform is not on the PATH")
else
    step "terraform fmt"
    terraform fmt -check -diff -recursive infra
    echo "formatted"

    step "terraform init"
    export TF_DATA_DIR="$PWD/$plugins"
    if terraform -chdir=infra init -backend=false -input=false -no-color >"$plugins.log" 2>&1; then
        echo "initialized"
        step "terraform validate"
        terraform -chdir=infra validate
        step "terraform test"
        terraform -chdir=infra test
    else
        grep -m 3 -E 'Error|could not|failed' "$plugins.log" || true
        skipped+=("terraform validate and test: the providers could not be downloaded; see $plugins.log")
    fi
fi

printf '\n'
for step in "${skipped[@]}"; do echo "SKIPPED $step"; done
if [ ${#skipped[@]} -gt 0 ] && [ "${PROVIDERS:-}" = required ]; then
    echo "FAILED: PROVIDERS=required does not allow skipped steps."
    exit 1
fi
echo "infra-test: all steps that ran have passed"
