-- window
SELECT d.id, d.author_id, d.published
FROM (
  SELECT e.id, e.author_id, e.published, row_number() OVER (PARTITION BY e.author_id ORDER BY e.published DESC, e.id DESC) AS place
  FROM plans_review AS e
) AS d
WHERE d.place <= 3 ORDER BY d.published DESC, d.id DESC;
-- lateral: postgres mysql
SELECT d.id, d.author_id, d.published
FROM plans_author AS a
CROSS JOIN LATERAL (
  SELECT e.id, e.author_id, e.published FROM plans_review AS e WHERE e.author_id = a.id ORDER BY e.published DESC, e.id DESC LIMIT 3
) AS d
ORDER BY d.published DESC, d.id DESC;
