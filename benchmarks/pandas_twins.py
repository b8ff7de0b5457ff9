"""The same questions in plain pandas, as somebody would ask them of frames in memory.

Each takes the frames and gives the same rows as the query it stands beside, so that the two can be compared before
their times are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import pandas as pd

from warehouse.queries.areas import NO_ENTRY, SILENT, STAGE_NOT_SAID
from warehouse.queries.coverage_reach import ALL, ELSEWHERE, LONDON, NOT_TOLD
from warehouse.schema import TABLES as DECLARED
from warehouse.schema.vocabulary import STAGE, STEP

TABLES = (
    *("activity", "activity_themes", "activity_communities", "authority_board", "board", "borough", "community"),
    *("community_group", "community_group_communities", "community_named", "engagement", "engagement_communities"),
    *("fact_usable", "group_place", "round_response", "theme", "training_count", "training_round"),
)
Frames = Mapping[str, pd.DataFrame]
Rows = list[tuple]


def frames(cursor: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """The tables of an edition that the twins read, each whole in memory."""
    rounds = ("round",) if "round" in DECLARED else ()
    found = {name: cursor.execute(f"SELECT * FROM {name}").df() for name in (*TABLES, *rounds)}
    found["fact_usable"]["usable_from"] = pd.to_datetime(found["fact_usable"]["usable_from"])
    return found


def _usable(data: Frames, name: str, as_at: date) -> pd.DataFrame:
    """The facts of a table that may be used as at the date."""
    usable = data["fact_usable"]
    keys = usable.loc[usable["usable_from"] <= pd.Timestamp(as_at), ["fact_key"]]
    return data[name].merge(keys, on="fact_key")  # isin() takes ten times as long on strings


def _wider(data: Frames) -> pd.DataFrame:
    """Each community with itself and every wider one: columns community and wider."""
    within = dict(zip(data["community"]["community"], data["community"]["within"], strict=True))
    pairs = []
    for community in within:
        wider = community
        while isinstance(wider, str):
            pairs.append((community, wider))
            wider = within[wider]
    return pd.DataFrame(pairs, columns=["community", "wider"])


def _entries(data: Frames, as_at: date) -> set[str]:
    """The boards with a statement of their own."""
    answers = _usable(data, "round_response", as_at)
    answers = answers[answers["response"] == "entry"]
    if "round" in data:  # where rounds are a list, it says which hold statements
        statements = data["round"].loc[data["round"]["is_statement"], "round"]
        return set(answers.loc[answers["round"].isin(statements), "board"])
    return set(answers.loc[answers["round"] == "appendix_2007", "board"])


def _acts(data: Frames, as_at: date) -> pd.DataFrame:
    """The acts of a named borough, one row a theme, with the place of their stage: 0 where it is not said."""
    acts = _usable(data, "activity", as_at)
    acts = acts[(acts["scope"] == "borough") & (acts["kind"] != "context")]
    acts = acts.merge(data["activity_themes"][["fact_key", "themes"]], on="fact_key")
    place = {code: number for number, code in enumerate(STAGE.codes, start=1)}
    return acts.assign(place=acts["stage"].map(place).fillna(0).astype(int))


def board_themes(data: Frames, as_at: date) -> Rows:
    """Board, theme and state, as `compare.board_themes` gives them."""
    acts = _acts(data, as_at).merge(
        data["authority_board"][["gss_code", "board"]], left_on="borough", right_on="gss_code"
    )
    furthest = acts.groupby(["board", "themes"])["place"].max()
    entries = _entries(data, as_at)
    states = (STAGE_NOT_SAID, *STAGE.codes)
    boards = data["board"].sort_values("board_name")["board"]
    themes = data["theme"].sort_values("label")["theme"]
    found = []
    for board in boards:
        silence = SILENT if board in entries else NO_ENTRY
        for theme in themes:
            place = furthest.get((board, theme))
            found.append((board, theme, silence if place is None else states[place]))
    return found


def theme_stage(data: Frames, as_at: date, theme: str) -> Rows:
    """Area, category and the acts at that stage, as `areas.theme_stage` gives them."""
    acts = _acts(data, as_at)
    acts = acts[acts["themes"] == theme]
    acts = acts[acts["place"] == acts.groupby("borough")["place"].transform("max")].sort_values("fact_key")
    reached = acts.groupby("borough").agg(place=("place", "first"), keys=("fact_key", tuple))
    entries = _entries(data, as_at)
    lookup = data["authority_board"]
    answered = set(lookup.loc[lookup["board"].isin(entries), "gss_code"])
    states = (STAGE_NOT_SAID, *STAGE.codes)
    found = []
    for code in data["borough"].sort_values("borough")["gss_code"]:
        if code in reached.index:
            row = reached.loc[code]
            found.append((code, states[row["place"]], row["keys"]))
        else:
            found.append((code, SILENT if code in answered else NO_ENTRY, ()))
    return found


def trained(data: Frames, as_at: date) -> Rows:
    """Community, area, people, unit and facts, as `coverage_beside.trained` gives them; sorted."""
    rounds = _usable(data, "training_round", as_at)
    lines = _usable(data, "training_count", as_at)
    lines = lines[
        (lines["dimension"] == "ethnicity") & lines["people"].notna() & (lines["unit_of_count"] != "attendances")
    ]
    by_community = lines.merge(
        rounds[["fact_key", "borough"]].rename(columns={"fact_key": "training_round"}), on="training_round"
    ).merge(_wider(data), on="community")
    whole = rounds[rounds["people"].notna() & (rounds["unit_of_count"] != "attendances")].assign(wider="")
    columns = ["wider", "borough", "people", "unit_of_count", "fact_key"]
    counted = pd.concat([by_community[columns], whole[columns]])
    counted = pd.concat([counted, counted.assign(borough=ALL)]).sort_values("fact_key")
    summed = counted.groupby(["wider", "borough"]).agg(
        people=("people", "sum"),
        only_people=("unit_of_count", lambda units: (units == "people").all()),
        keys=("fact_key", tuple),
    )
    return [
        (community or None, place, int(row.people), "people" if row.only_people else "not_stated", row.keys)
        for (community, place), row in zip(summed.index, summed.itertuples(), strict=True)
    ]


def reach(data: Frames, as_at: date) -> Rows:
    """Community, place and groups by furthest step, as `coverage_reach.reach` gives them for any relation; sorted.

    Places without a group are left out.
    """
    groups, contacts = _usable(data, "community_group", as_at), _usable(data, "engagement", as_at)
    place_of = {code: number for number, code in enumerate(STEP.codes, start=1)}
    contacts = contacts.assign(place=contacts["step"].map(place_of))
    of_groups = groups[["fact_key"]].rename(columns={"fact_key": "community_group"})
    named = contacts.merge(of_groups, on="community_group")
    own = groups["fact_key"].map(named.groupby("community_group")["place"].max()).fillna(1).astype(int)
    own = pd.Series(own.values, index=groups["fact_key"].values)
    placed = _usable(data, "group_place", as_at).merge(of_groups, on="community_group")
    by_contact = placed["how"] == "contact"
    steps = pd.Series(contacts["place"].values, index=contacts["fact_key"].values)
    step = placed["community_group"].map(own).where(~by_contact, placed["fact_key"].map(steps))
    stands = [pd.DataFrame({"group": placed["community_group"], "place": placed["borough"], "step": step})]
    for scope in (LONDON, ELSEWHERE):
        serving = groups.loc[groups["serves_scope"] == scope, "fact_key"]
        stands.append(pd.DataFrame({"group": serving, "place": scope, "step": serving.map(own)}))
        told = named[named["scope"] == scope]
        stands.append(pd.DataFrame({"group": told["community_group"], "place": scope, "step": told["place"]}))
    asked = pd.concat(stands).groupby(["group", "place"], as_index=False)["step"].max()
    every = pd.DataFrame({"group": own.index, "place": ALL, "step": own.values})
    nowhere = every[~every["group"].isin(set(asked["group"]))].assign(place=NOT_TOLD)
    standing = pd.concat([asked, every, nowhere])
    pairs = [
        groups[["fact_key", "faith"]].dropna().set_axis(["group", "community"], axis=1),
        data["community_group_communities"][["fact_key", "communities"]].set_axis(["group", "community"], axis=1),
        named.merge(data["engagement_communities"], on="fact_key")[["community_group", "communities"]].set_axis(
            ["group", "community"], axis=1
        ),
    ]
    named_for = pd.concat(pairs).merge(_wider(data), on="community")[["group", "wider"]]
    named_for = pd.concat([named_for, pd.DataFrame({"group": own.index, "wider": ""})]).drop_duplicates()
    counted = standing.merge(named_for, on="group").groupby(["wider", "place", "step"]).size().unstack(fill_value=0)
    counted = counted.reindex(columns=range(1, len(STEP.codes) + 1), fill_value=0)
    return [
        (community or None, place, tuple(int(count) for count in row))
        for (community, place), row in zip(counted.index, counted.to_numpy(), strict=True)
    ]
