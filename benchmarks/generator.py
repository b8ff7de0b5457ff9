"""A data folder as large as years of returns would make it, by a seeded generator: 32 boards × 12 rounds of returns.

The committed facts and reference lists are copied, and what boards might send is made up beside them. It goes through
the production `collect` and `publish` into a warehouse of its own, never into the project's. Every made text says
that it was generated for a benchmark. The same seed gives the same rows, and so the same edition.

A round of returns is a document of its own with a date of its own, each board answers in every one, and its acts are
that board's statements.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generated_acts, generated_groups, generated_population, generated_rounds, generated_training
from benchmarks.generated import Return, returns
from etl.collect import collect
from etl.publish import Published, publish
from warehouse.schema import TABLES
from warehouse.schema.layout import POINTER, ROOT, default_warehouse

FOLDER = "generated_for_a_benchmark"
SEED = 20111130


@dataclass(frozen=True)
class Size:
    """How much is made: rounds of returns from every board, acts, groups, and people in the counts of training."""

    rounds: int = 12
    acts: int = 20_000
    groups: int = 5_000
    people: int = 1_000_000


WHOLE = Size()


class RefusedTarget(ValueError):
    """Generated rows were to go where real facts lie. The message says where they may go."""


def write_data(data: Path, size: Size = WHOLE, seed: int = SEED) -> Path:
    """Write the folder `data`: the committed facts and lists, and beside them what the generator makes.

    Raises RefusedTarget for a folder inside the project, FileExistsError for one that is there already.
    """
    _outside_the_project(data)
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    shutil.copytree(ROOT / "data" / "sources", data / "sources")
    made = returns(size.rounds)
    _add_documents(data, made)
    generated_rounds.answer_every_round(data)
    rounds = generated_rounds.add_rounds(data, made)
    chance = random.Random(seed)
    tables: dict[str, Sequence[Mapping[str, str]]] = {
        "round_response": generated_rounds.answers(data, made, rounds),
        **generated_acts.tables(chance, data, made, size.acts, rounds),
        **generated_groups.tables(chance, data, made, size.groups),
    }
    groups = tables["community_group"]
    tables |= generated_training.tables(chance, data, made, size.people, groups)
    for name, rows in tables.items():
        _write(data / "sources" / FOLDER / f"{name}.csv", name, rows)
    generated_population.write_tables(data)
    return data


def publish_generated(folder: Path, size: Size = WHOLE, seed: int = SEED) -> Published:
    """Make the data under `folder/data` and publish them to `folder/warehouse` with the production loader.

    Raises RefusedTarget where that is the project's warehouse, lies in the project, or holds an edition already.
    """
    warehouse = refuse_real_warehouse(folder / "warehouse")
    return publish(collect(write_data(folder / "data", size, seed)), warehouse)


def refuse_real_warehouse(warehouse: Path) -> Path:
    """`warehouse` itself, or RefusedTarget: generated rows never stand where anybody could take them for facts."""
    _outside_the_project(warehouse)
    if warehouse.resolve() == default_warehouse().resolve():
        raise RefusedTarget(f"{warehouse} is the warehouse that the dashboard reads. Name an empty folder elsewhere.")
    if (warehouse / POINTER).exists():
        raise RefusedTarget(f"{warehouse} holds an edition already. Name an empty folder elsewhere.")
    return warehouse


def _outside_the_project(folder: Path) -> None:
    if folder.resolve().is_relative_to(ROOT.resolve()):
        raise RefusedTarget(f"{folder} lies in the project. Generated rows go to a folder outside it.")


def _add_documents(data: Path, made: Sequence[Return]) -> None:
    path = data / "reference" / "document.csv"
    with path.open("a", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [column.name for column in TABLES["document"].columns], lineterminator="\n")
        writer.writerows(one.document_row() for one in made)


def _write(path: Path, name: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows with the production header. A cell left out is empty, or not reported where it may be absent."""
    columns = TABLES[name].columns
    empty = {column.name: "not reported" if column.absent else "" for column in columns}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [column.name for column in columns], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**empty, **row} for row in rows)


def main(arguments: list[str] | None = None) -> int:
    """Make and publish the whole size into a folder, to look at pages with it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    parser.add_argument("folder", type=Path, help="an empty folder outside the project; gets data/ and warehouse/")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed makes other rows (default {SEED})")
    chosen = parser.parse_args(arguments)
    begun = time.perf_counter()
    try:
        done = publish_generated(chosen.folder, seed=chosen.seed)
    except RefusedTarget as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Edition {done.edition}: {done.rows:,} rows in {time.perf_counter() - begun:.0f} s. To look at it:")
    print(f"ATLAS_WAREHOUSE={chosen.folder / 'warehouse'} python -m streamlit run app.py")
    return 0


if __name__ == "__main__":
    sys.exit(main())
