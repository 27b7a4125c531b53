-- window
SELECT d.id, d.author_id, d.pub_date
FROM (
  SELECT e.id, e.author_id, e.pub_date, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
  FROM plans_entry AS e
) AS d
WHERE d.place <= 3 ORDER BY d.pub_date DESC, d.id DESC;
-- lateral: postgres mysql
SELECT d.id, d.author_id, d.pub_date
FROM plans_author AS a
CROSS JOIN LATERAL (
  SELECT e.id, e.author_id, e.pub_date FROM plans_entry AS e WHERE e.author_id = a.id ORDER BY e.pub_date DESC, e.id DESC LIMIT 3
) AS d
ORDER BY d.pub_date DESC, d.id DESC;
