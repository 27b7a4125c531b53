-- correlated
SELECT a.id, (SELECT sum(e.rating) FROM plans_entry AS e WHERE e.author_id = a.id) AS rating, (SELECT max(r.stars) FROM plans_review AS r WHERE r.author_id = a.id) AS stars
FROM plans_author AS a
WHERE a.region = 7;
-- grouped
SELECT a.id, g.rating, h.stars
FROM plans_author AS a
LEFT JOIN (SELECT e.author_id, sum(e.rating) AS rating FROM plans_entry AS e GROUP BY e.author_id) AS g ON g.author_id = a.id
LEFT JOIN (SELECT r.author_id, max(r.stars) AS stars FROM plans_review AS r GROUP BY r.author_id) AS h ON h.author_id = a.id
WHERE a.region = 7;
-- lateral: postgres mysql
SELECT a.id, g.rating, h.stars
FROM plans_author AS a
CROSS JOIN LATERAL (SELECT sum(e.rating) AS rating FROM plans_entry AS e WHERE e.author_id = a.id) AS g
CROSS JOIN LATERAL (SELECT max(r.stars) AS stars FROM plans_review AS r WHERE r.author_id = a.id) AS h
WHERE a.region = 7;
