-- Views that several queries share. One statement each; comments stand on lines of their own.

-- Every place that says a fact: its own row, and the further places of also_said. Each has a date and basis of its own.
CREATE VIEW fact_source AS
SELECT fact_key, document, section, paragraph, as_at, basis, rule, TRUE AS is_first FROM fact
WHERE table_name <> 'also_said'
UNION ALL
SELECT subject, document, section, paragraph, as_at, basis, rule, FALSE FROM also_said;

-- The first day on which a view as at a date may use a fact: the earliest document that says it.
CREATE VIEW fact_usable AS
SELECT fact_source.fact_key, min(document.usable_from) AS usable_from,
    bool_and(document.date_basis = 'inferred') AS date_is_inferred
FROM fact_source JOIN document USING (document)
GROUP BY fact_source.fact_key;

-- Facts that a conflict touches. A figure with a row here carries a mark wherever it is shown.
CREATE VIEW fact_conflict AS
SELECT DISTINCT link.facts AS fact_key, reading.conflict
FROM conflict_reading_facts AS link JOIN conflict_reading AS reading USING (fact_key);

-- Every naming of a community for a borough, whatever kind of fact names it.
CREATE VIEW community_named AS
SELECT activity.fact_key, link.communities AS community, activity.borough, 'activity' AS how
FROM activity JOIN activity_communities AS link USING (fact_key) WHERE activity.scope = 'borough'
UNION ALL
SELECT engagement.fact_key, link.communities, engagement.borough, 'engagement'
FROM engagement JOIN engagement_communities AS link USING (fact_key) WHERE engagement.scope = 'borough'
UNION ALL
SELECT item.fact_key, link.communities, place.boroughs, 'pilot'
FROM pilot_item AS item JOIN pilot_item_communities AS link USING (fact_key)
JOIN pilot_boroughs AS place ON place.fact_key = item.pilot
UNION ALL
SELECT statement.fact_key, link.communities, statement.borough, 'statement'
FROM statement JOIN statement_communities AS link USING (fact_key) WHERE statement.scope = 'borough'
UNION ALL
SELECT counted.fact_key, counted.community, training_round.borough, 'training'
FROM training_count AS counted JOIN training_round ON training_round.fact_key = counted.training_round
WHERE counted.community IS NOT NULL;

-- Where a group is said to be: based there, serving it, or in contact with its board or adviser.
CREATE VIEW group_place AS
SELECT fact_key, fact_key AS community_group, based_in AS borough, 'based' AS how FROM community_group
WHERE based_in IS NOT NULL
UNION ALL
SELECT fact_key, fact_key, serves, 'serves' FROM community_group_serves
UNION ALL
SELECT fact_key, community_group, borough, 'contact' FROM engagement
WHERE community_group IS NOT NULL AND borough IS NOT NULL;

-- Every fact that names a borough, whatever its table. A joint board's fact is the area's that the text names.
CREATE VIEW area_named AS
SELECT borough, fact_key, 'programme_borough' AS table_name FROM programme_borough
UNION ALL SELECT borough, fact_key, 'activity' FROM activity WHERE borough IS NOT NULL
UNION ALL SELECT borough, fact_key, 'obstacle' FROM obstacle WHERE borough IS NOT NULL
UNION ALL SELECT boroughs, fact_key, 'pilot' FROM pilot_boroughs
UNION ALL SELECT borough, fact_key, 'group_place' FROM group_place
UNION ALL SELECT borough, fact_key, 'training_round' FROM training_round
UNION ALL SELECT borough, fact_key, 'printed_figure' FROM printed_figure WHERE borough IS NOT NULL
UNION ALL SELECT borough, fact_key, 'statement' FROM statement WHERE borough IS NOT NULL
UNION ALL SELECT borough, fact_key, 'output' FROM output WHERE borough IS NOT NULL
UNION ALL SELECT borough, fact_key, 'milestone' FROM milestone WHERE borough IS NOT NULL
UNION ALL SELECT borough, fact_key, 'body' FROM body WHERE borough IS NOT NULL
UNION ALL SELECT chair_borough, fact_key, 'body' FROM body WHERE chair_borough IS NOT NULL
UNION ALL SELECT borough, fact_key, 'partner_link' FROM partner_link WHERE borough IS NOT NULL;

-- Each community with itself and every wider one it belongs to.
CREATE VIEW community_wider AS
WITH RECURSIVE step AS (
    SELECT community, community AS wider FROM community
    UNION
    SELECT step.community, community.within FROM step JOIN community ON community.community = step.wider
    WHERE community.within IS NOT NULL
)
SELECT community, wider FROM step;

-- Each group with its communities, and the fact that says so: its own entry, or a report of contact with it.
CREATE VIEW group_community AS
SELECT fact_key AS community_group, faith AS community, fact_key FROM community_group WHERE faith IS NOT NULL
UNION
SELECT fact_key, communities, fact_key FROM community_group_communities
UNION
SELECT engagement.community_group, link.communities, engagement.fact_key
FROM engagement JOIN engagement_communities AS link USING (fact_key) WHERE engagement.community_group IS NOT NULL;
