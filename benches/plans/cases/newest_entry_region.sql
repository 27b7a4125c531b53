-- correlated
SELECT a.id, (SELECT e.rating FROM plans_entry AS e WHERE e.author_id = a.id ORDER BY e.pub_date DESC, e.id DESC LIMIT 1) AS newest
FROM plans_author AS a
WHERE a.region = 7;
-- distinct on: postgres
SELECT a.id, g.rating
FROM plans_author AS a
LEFT JOIN (
  SELECT DISTINCT ON (e.author_id) e.author_id, e.rating FROM plans_entry AS e ORDER BY e.author_id, e.pub_date DESC, e.id DESC
) AS g ON g.author_id = a.id
WHERE a.region = 7;
-- window
SELECT a.id, g.rating
FROM plans_author AS a
LEFT JOIN (
  SELECT e.author_id, e.rating, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
  FROM plans_entry AS e
) AS g ON g.author_id = a.id AND g.place = 1
WHERE a.region = 7;
-- lateral: postgres mysql
SELECT a.id, g.rating
FROM plans_author AS a
LEFT JOIN LATERAL (
  SELECT e.rating FROM plans_entry AS e WHERE e.author_id = a.id ORDER BY e.pub_date DESC, e.id DESC LIMIT 1
) AS g ON true
WHERE a.region = 7;
