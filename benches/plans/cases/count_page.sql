-- correlated
SELECT a.id, (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id) AS entries
FROM plans_author AS a ORDER BY a.id LIMIT 20;
-- grouped
SELECT a.id, coalesce(g.entries, 0) AS entries
FROM plans_author AS a
LEFT JOIN (SELECT e.author_id, count(*) AS entries FROM plans_entry AS e GROUP BY e.author_id) AS g ON g.author_id = a.id
ORDER BY a.id LIMIT 20;
-- lateral: postgres mysql
SELECT a.id, g.entries
FROM (SELECT id FROM plans_author ORDER BY id LIMIT 20) AS a
CROSS JOIN LATERAL (SELECT count(*) AS entries FROM plans_entry AS e WHERE e.author_id = a.id) AS g
ORDER BY a.id;
