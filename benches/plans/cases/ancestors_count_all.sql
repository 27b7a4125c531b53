-- grouped
WITH RECURSIVE t AS (
  SELECT n.id AS root, n.parent_id AS id, 1 AS depth FROM plans_node AS n WHERE n.parent_id IS NOT NULL
  UNION ALL
  SELECT t.root, n.parent_id, t.depth + 1 FROM t JOIN plans_node AS n ON n.id = t.id WHERE n.parent_id IS NOT NULL
)
SELECT n.id, coalesce(g.above, 0) AS above
FROM plans_node AS n LEFT JOIN (SELECT t.root, count(*) AS above FROM t GROUP BY t.root) AS g ON g.root = n.id;
-- correlated
WITH RECURSIVE t AS (
  SELECT n.id AS root, n.parent_id AS id, 1 AS depth FROM plans_node AS n WHERE n.parent_id IS NOT NULL
  UNION ALL
  SELECT t.root, n.parent_id, t.depth + 1 FROM t JOIN plans_node AS n ON n.id = t.id WHERE n.parent_id IS NOT NULL
)
SELECT n.id, (SELECT count(*) FROM t WHERE t.root = n.id) AS above FROM plans_node AS n;
