-- window
SELECT d.id, d.author_id, d.published
FROM (
  SELECT e.id, e.author_id, e.published, row_number() OVER (PARTITION BY e.author_id ORDER BY e.published DESC, e.id DESC) AS place
  FROM plans_review AS e
JOIN plans_author AS a ON a.id = e.author_id
WHERE a.region = 7
) AS d
WHERE d.place = 1 ORDER BY d.author_id;
-- distinct on: postgres
SELECT DISTINCT ON (e.author_id) e.id, e.author_id, e.published FROM plans_review AS e
JOIN plans_author AS a ON a.id = e.author_id
WHERE a.region = 7 ORDER BY e.author_id, e.published DESC, e.id DESC;
-- lateral: postgres mysql
SELECT d.id, d.author_id, d.published
FROM plans_author AS a
CROSS JOIN LATERAL (
  SELECT e.id, e.author_id, e.published FROM plans_review AS e WHERE e.author_id = a.id ORDER BY e.published DESC, e.id DESC LIMIT 1
) AS d
WHERE a.region = 7
ORDER BY d.author_id;
