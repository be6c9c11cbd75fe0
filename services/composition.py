"""Builds the use cases for one invocation, from its durable client and the settings."""

import azure.durable_functions as df

from adapters import dependencies, settings
from adapters.orchestrations import Orchestrations
from adapters.pokeapi import CachedCatalog
from services.acceptance import Acceptance
from services.lifecycle import ReportLifecycle
from services.turns import AdmissionPolicy, Turns


def turns(client: df.SyncDurableFunctionsClient) -> Turns:
    policy = AdmissionPolicy(settings.execution_options(), settings.reports_at_once(), settings.limits())
    return Turns(Orchestrations(client), dependencies.stores(), policy)


def lifecycle(client: df.SyncDurableFunctionsClient) -> ReportLifecycle:
    return ReportLifecycle(turns(client))


def acceptance(client: df.SyncDurableFunctionsClient) -> Acceptance:
    return Acceptance(
        lifecycle(client), CachedCatalog(dependencies.pokeapi_for_requests()), settings.retention()
    )
