#!/usr/bin/env bash
# Everything that can be said of infra/ without Azure: `make infra-test`.
#
# Terraform's own validate and test need the providers, which `init` downloads. Where they cannot be
# had, the rest is checked and the last lines say what was not; PROVIDERS=required makes that a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-.venv/bin/python}
tools=.local/infra-tools
plugins=.local/terraform
skipped=()

step() { printf '\n== %s\n' "$1"; }

step "checkov"
if [ ! -x "$tools/bin/checkov" ] || [ infra/requirements.txt -nt "$tools/.installed" ]; then
    echo "Setting up checkov in $tools ..."
    "$python" -m venv --clear "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement infra/requirements.txt
    touch "$tools/.installed"
fi
# Without --skip-download it asks a server for guidelines, which only decorate its report.
"$tools/bin/checkov" --directory infra --framework terraform --compact --quiet --skip-download

step "settings, queries, runbooks, package, telemetry, cost"
"$python" -m pytest -q tests/integration/test_infra*.py tests/integration/test_{telemetry,cost}.py

if ! command -v terraform >/dev/null; then
    skipped+=("terraform fmt, validate and test: there is no terraform on the PATH")
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
        skipped+=("terraform validate and test: the providers cannot be had here, see $plugins.log")
    fi
fi

printf '\n'
for what in "${skipped[@]}"; do echo "SKIPPED $what"; done
if [ ${#skipped[@]} -gt 0 ] && [ "${PROVIDERS:-}" = required ]; then
    echo "PROVIDERS=required, so that is a failure."
    exit 1
fi
echo "infra-test: everything that was run has passed"
