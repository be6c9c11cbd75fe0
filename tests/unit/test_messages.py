import json

import pytest

from domain import messages
from domain.kept_rows import KeptRows, KeptShard
from domain.message import Message
from domain.messages import (
    ExecutionOptions,
    FailReport,
    FetchedPokemon,
    FetchPokemon,
    FetchShard,
    GenerateReport,
    PublishReport,
    Receipt,
    RecordProgress,
    Row,
    ShardProgress,
    ShardRows,
    StagedRows,
    StageRows,
    shard_instance_id,
)
from domain.plan import Plan, pack, unpack
from domain.pokedex import PokemonRef
from domain.report import Failure

from .builders import REPORT_ID, REPORT_KEY, refs, report_request

OPTIONS = ExecutionOptions(
    shard_size=10, shards_in_flight=2, pokemon_per_activity=5, attempts=3, first_retry_seconds=0.5
)
FAILURES = (Failure("missingno", "PokéAPI has no pokemon/0."),)
COLUMNS = ("id", "name")
ROWS = (Row(1, ("1", "bulbasaur")), Row(145, ("145", "zapdos")))
KEPT_SHARD = KeptShard(REPORT_KEY, '"0x8D"', (8, 20, 31), (7,))
KEPT_ROWS = KeptRows(REPORT_KEY, '"0x8D"', 8, 31, (1, 2))
EXAMPLES: list[Message] = [
    OPTIONS,
    GenerateReport(REPORT_KEY, report_request(), OPTIONS),
    Plan((pack(refs(2)), pack(refs(1))), 3),
    Plan(impossible="There is no type 'elektric'."),
    FetchShard(REPORT_KEY, 3, refs(2), (1,), COLUMNS, 34, OPTIONS),
    FetchShard(REPORT_KEY, 3, refs(2), (), COLUMNS, 34, OPTIONS, 1, Receipt(3, "block", 49, FAILURES)),
    ShardProgress(3, 20, 1),
    FetchPokemon(refs(2), COLUMNS),
    Receipt(3, None, 0, missing=(1, 2)),
    Receipt(3, "block", 49, FAILURES),
    Receipt(3, "block-1", 98, FAILURES, ("block-0",)),
    RecordProgress(REPORT_KEY, 20, 1),
    PublishReport(REPORT_KEY, COLUMNS, ("a", "b"), 98, FAILURES),
    FailReport(REPORT_KEY, "PokéAPI did not respond.", FAILURES),
    *ROWS,
    FetchedPokemon(ROWS, FAILURES, refs(2)),
    ShardRows(3, refs(2), ROWS, 1),
    StageRows(REPORT_KEY, COLUMNS, (ShardRows(3, refs(2), ROWS, 1),)),
    StagedRows((Receipt(3, "block", 49),)),
    ShardRows(3, refs(2), kept=KEPT_ROWS),
    KEPT_ROWS,
    KEPT_SHARD,
    GenerateReport(REPORT_KEY, report_request(), rows_of="0f000000000-fedcba9876543210"),
    FetchShard(REPORT_KEY, 3, refs(2), (1,), COLUMNS, 34, OPTIONS, kept=KEPT_SHARD),
    Plan((pack(refs(2)),), 2, kept=(json.dumps(KEPT_SHARD.to_dict()),)),
    Receipt(3, "block", 49, FAILURES, failed_ids=(7,)),
    PublishReport(REPORT_KEY, COLUMNS, ("a", "b"), 98, FAILURES, (7,)),
]


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_a_message_survives_the_wire(message: Message) -> None:
    wire = json.dumps(message.to_dict())

    assert type(message).from_dict(json.loads(wire)) == message


def test_every_message_has_an_example_here() -> None:
    assert {type(message) for message in EXAMPLES} == set(Message.__subclasses__())


def test_a_receipt_has_no_failures_by_default() -> None:
    assert Receipt.from_dict({"index": 3, "block_id": "block", "rows": 49}) == Receipt(3, "block", 49)


def test_a_packed_shard_is_json_text() -> None:
    assert (
        pack((PokemonRef(1, "bulbasaur"), PokemonRef(669, "flabébé")))
        == '[[1, "bulbasaur"], [669, "flabébé"]]'
    )
    assert unpack(pack(refs(3))) == refs(3)


@pytest.mark.parametrize(("count", "is_single"), [(1, True), (2, False)])
def test_a_call_for_one_pokemon_is_single(count: int, is_single: bool) -> None:
    assert FetchPokemon(refs(count), COLUMNS).is_single is is_single


def test_every_shard_has_its_own_instance() -> None:
    assert shard_instance_id(REPORT_ID, 7) == f"{REPORT_ID}-shard-0007"
    assert shard_instance_id(REPORT_ID, 12_345) == f"{REPORT_ID}-shard-12345"


def test_function_names_do_not_change() -> None:
    names = {
        name: value for name, value in vars(messages).items() if name.isupper() and isinstance(value, str)
    }

    assert names == {
        "GENERATE_REPORT": "generate_report",
        "FETCH_SHARD": "fetch_shard",
        "PLAN_REPORT": "plan_report",
        "FETCH_POKEMON": "fetch_pokemon",
        "STAGE_ROWS": "stage_rows",
        "RECORD_PROGRESS": "record_progress",
        "PUBLISH_REPORT": "publish_report",
        "FAIL_REPORT": "fail_report",
        "SHARD_PROGRESS": "shard_progress",
    }


def test_a_message_without_a_field_takes_the_default() -> None:
    assert ExecutionOptions.from_dict({"shard_size": 7}) == ExecutionOptions(shard_size=7)
    assert FetchedPokemon.from_dict({}) == FetchedPokemon()


def test_a_message_ignores_unknown_fields() -> None:
    newer = {"index": 3, "done": 2, "failed": 1, "added_later": "x"}

    assert ShardProgress.from_dict(newer) == ShardProgress(3, 2, 1)
