-- grouped
WITH RECURSIVE t AS (
  SELECT n.id AS root, c.id, 1 AS depth FROM plans_node AS n JOIN plans_node AS c ON c.parent_id = n.id
  UNION ALL
  SELECT t.root, c.id, t.depth + 1 FROM t JOIN plans_node AS c ON c.parent_id = t.id
)
SELECT n.id, coalesce(g.below, 0) AS below
FROM plans_node AS n LEFT JOIN (SELECT t.root, count(*) AS below FROM t GROUP BY t.root) AS g ON g.root = n.id;
-- upwards
WITH RECURSIVE t AS (
  SELECT n.id AS root, n.parent_id AS id, 1 AS depth FROM plans_node AS n WHERE n.parent_id IS NOT NULL
  UNION ALL
  SELECT t.root, n.parent_id, t.depth + 1 FROM t JOIN plans_node AS n ON n.id = t.id WHERE n.parent_id IS NOT NULL
)
SELECT n.id, coalesce(g.below, 0) AS below
FROM plans_node AS n LEFT JOIN (SELECT t.id, count(*) AS below FROM t GROUP BY t.id) AS g ON g.id = n.id;
-- correlated
WITH RECURSIVE t AS (
  SELECT n.id AS root, c.id, 1 AS depth FROM plans_node AS n JOIN plans_node AS c ON c.parent_id = n.id
  UNION ALL
  SELECT t.root, c.id, t.depth + 1 FROM t JOIN plans_node AS c ON c.parent_id = t.id
)
SELECT n.id, (SELECT count(*) FROM t WHERE t.root = n.id) AS below FROM plans_node AS n;
