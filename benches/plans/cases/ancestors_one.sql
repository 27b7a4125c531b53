-- union all
WITH RECURSIVE t AS (
  SELECT n.id AS root, n.parent_id AS id, 1 AS depth FROM plans_node AS n WHERE n.id = 99999 AND n.parent_id IS NOT NULL
  UNION ALL
  SELECT t.root, n.parent_id, t.depth + 1 FROM t JOIN plans_node AS n ON n.id = t.id WHERE n.parent_id IS NOT NULL
)
SELECT t.root, d.name, t.depth FROM t JOIN plans_node AS d ON d.id = t.id;
-- union
WITH RECURSIVE t AS (
  SELECT n.id AS root, n.parent_id AS id, 1 AS depth FROM plans_node AS n WHERE n.id = 99999 AND n.parent_id IS NOT NULL
  UNION
  SELECT t.root, n.parent_id, t.depth + 1 FROM t JOIN plans_node AS n ON n.id = t.id WHERE n.parent_id IS NOT NULL
)
SELECT t.root, d.name, t.depth FROM t JOIN plans_node AS d ON d.id = t.id;
