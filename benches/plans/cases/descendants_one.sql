-- union all
WITH RECURSIVE t AS (
  SELECT n.id AS root, c.id, 1 AS depth FROM plans_node AS n JOIN plans_node AS c ON c.parent_id = n.id WHERE n.id = 40
  UNION ALL
  SELECT t.root, c.id, t.depth + 1 FROM t JOIN plans_node AS c ON c.parent_id = t.id
)
SELECT t.root, d.name, t.depth FROM t JOIN plans_node AS d ON d.id = t.id;
-- union
WITH RECURSIVE t AS (
  SELECT n.id AS root, c.id, 1 AS depth FROM plans_node AS n JOIN plans_node AS c ON c.parent_id = n.id WHERE n.id = 40
  UNION
  SELECT t.root, c.id, t.depth + 1 FROM t JOIN plans_node AS c ON c.parent_id = t.id
)
SELECT t.root, d.name, t.depth FROM t JOIN plans_node AS d ON d.id = t.id;
-- names carried
WITH RECURSIVE t AS (
  SELECT n.id AS root, c.id, c.name, 1 AS depth FROM plans_node AS n JOIN plans_node AS c ON c.parent_id = n.id WHERE n.id = 40
  UNION ALL
  SELECT t.root, c.id, c.name, t.depth + 1 FROM t JOIN plans_node AS c ON c.parent_id = t.id
)
SELECT t.root, t.name, t.depth FROM t;
