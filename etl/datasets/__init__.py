"""One module for each dataset: which tables it feeds, and the rules that only its rows must keep.

A dataset module has `TABLES`, the names of its tables, and `RULES`, each of which names the tables it reads and is
asked where these are sound. To add a dataset, add its module here.
"""

from __future__ import annotations

from types import ModuleType

from etl.datasets import (
    bodies,
    community_groups,
    conflicts,
    evidence,
    interview_mapping,
    pilot_outputs,
    places,
    population,
    programmes,
    returns,
    training,
)

DATASETS: tuple[ModuleType, ...] = (
    places,
    programmes,
    community_groups,
    interview_mapping,
    pilot_outputs,
    training,
    population,
    evidence,
    bodies,
    conflicts,
    returns,
)
