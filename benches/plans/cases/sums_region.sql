-- correlated
SELECT a.id, (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id) AS entries, (SELECT sum(e.price) FROM plans_entry AS e WHERE e.author_id = a.id) AS total,
  (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating > 7) AS good
FROM plans_author AS a
WHERE a.region = 7;
-- left join
SELECT a.id, count(e.id) AS entries, sum(e.price) AS total, count(CASE WHEN e.rating > 7 THEN 1 END) AS good
FROM plans_author AS a
LEFT JOIN plans_entry AS e ON e.author_id = a.id
WHERE a.region = 7
GROUP BY a.id;
-- grouped
SELECT a.id, coalesce(g.entries, 0) AS entries, g.total, coalesce(g.good, 0) AS good
FROM plans_author AS a
LEFT JOIN (
  SELECT e.author_id, count(*) AS entries, sum(e.price) AS total, count(CASE WHEN e.rating > 7 THEN 1 END) AS good
  FROM plans_entry AS e GROUP BY e.author_id
) AS g ON g.author_id = a.id
WHERE a.region = 7;
-- grouped past the index: mysql mariadb
SELECT a.id, coalesce(g.entries, 0) AS entries, g.total, coalesce(g.good, 0) AS good
FROM plans_author AS a
LEFT JOIN (
  SELECT e.author_id + 0 AS author_id, count(*) AS entries, sum(e.price) AS total, count(CASE WHEN e.rating > 7 THEN 1 END) AS good
  FROM plans_entry AS e GROUP BY e.author_id + 0
) AS g ON g.author_id = a.id
WHERE a.region = 7;
-- grouped past the index: sqlite
SELECT a.id, coalesce(g.entries, 0) AS entries, g.total, coalesce(g.good, 0) AS good
FROM plans_author AS a
LEFT JOIN (
  SELECT e.author_id, count(*) AS entries, sum(e.price) AS total, count(CASE WHEN e.rating > 7 THEN 1 END) AS good
  FROM plans_entry AS e GROUP BY +e.author_id
) AS g ON g.author_id = a.id
WHERE a.region = 7;
-- lateral: postgres mysql
SELECT a.id, g.entries, g.total, g.good
FROM plans_author AS a
CROSS JOIN LATERAL (
  SELECT count(*) AS entries, sum(e.price) AS total, count(CASE WHEN e.rating > 7 THEN 1 END) AS good FROM plans_entry AS e WHERE e.author_id = a.id
) AS g
WHERE a.region = 7;
