-- correlated
SELECT a.id, (SELECT e.stars FROM plans_review AS e WHERE e.author_id = a.id ORDER BY e.published DESC, e.id DESC LIMIT 1) AS newest
FROM plans_author AS a;
-- distinct on: postgres
SELECT a.id, g.stars
FROM plans_author AS a
LEFT JOIN (
  SELECT DISTINCT ON (e.author_id) e.author_id, e.stars FROM plans_review AS e ORDER BY e.author_id, e.published DESC, e.id DESC
) AS g ON g.author_id = a.id;
-- window
SELECT a.id, g.stars
FROM plans_author AS a
LEFT JOIN (
  SELECT e.author_id, e.stars, row_number() OVER (PARTITION BY e.author_id ORDER BY e.published DESC, e.id DESC) AS place
  FROM plans_review AS e
) AS g ON g.author_id = a.id AND g.place = 1;
-- lateral: postgres mysql
SELECT a.id, g.stars
FROM plans_author AS a
LEFT JOIN LATERAL (
  SELECT e.stars FROM plans_review AS e WHERE e.author_id = a.id ORDER BY e.published DESC, e.id DESC LIMIT 1
) AS g ON true;
