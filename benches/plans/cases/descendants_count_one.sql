-- union all
WITH RECURSIVE t AS (
  SELECT n.id AS root, c.id, 1 AS depth FROM plans_node AS n JOIN plans_node AS c ON c.parent_id = n.id WHERE n.id = 40
  UNION ALL
  SELECT t.root, c.id, t.depth + 1 FROM t JOIN plans_node AS c ON c.parent_id = t.id
)
SELECT n.id, (SELECT count(*) FROM t WHERE t.root = n.id) AS below FROM plans_node AS n WHERE n.id = 40;
-- union
WITH RECURSIVE t AS (
  SELECT n.id AS root, c.id, 1 AS depth FROM plans_node AS n JOIN plans_node AS c ON c.parent_id = n.id WHERE n.id = 40
  UNION
  SELECT t.root, c.id, t.depth + 1 FROM t JOIN plans_node AS c ON c.parent_id = t.id
)
SELECT n.id, (SELECT count(*) FROM t WHERE t.root = n.id) AS below FROM plans_node AS n WHERE n.id = 40;
