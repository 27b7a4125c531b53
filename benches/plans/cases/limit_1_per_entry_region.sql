-- window
SELECT d.id, d.author_id, d.pub_date
FROM (
  SELECT e.id, e.author_id, e.pub_date, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
  FROM plans_entry AS e
JOIN plans_author AS a ON a.id = e.author_id
WHERE a.region = 7
) AS d
WHERE d.place <= 1 ORDER BY d.pub_date DESC, d.id DESC;
-- distinct on: postgres
SELECT d.id, d.author_id, d.pub_date
FROM (
  SELECT DISTINCT ON (e.author_id) e.id, e.author_id, e.pub_date FROM plans_entry AS e
JOIN plans_author AS a ON a.id = e.author_id
WHERE a.region = 7 ORDER BY e.author_id, e.pub_date DESC, e.id DESC
) AS d ORDER BY d.pub_date DESC, d.id DESC;
-- lateral: postgres mysql
SELECT d.id, d.author_id, d.pub_date
FROM plans_author AS a
CROSS JOIN LATERAL (
  SELECT e.id, e.author_id, e.pub_date FROM plans_entry AS e WHERE e.author_id = a.id ORDER BY e.pub_date DESC, e.id DESC LIMIT 1
) AS d
WHERE a.region = 7
ORDER BY d.pub_date DESC, d.id DESC;
