-- correlated
SELECT a.id, (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id) AS entries
FROM plans_author AS a
WHERE a.id = 4242;
-- left join
SELECT a.id, count(e.id) AS entries
FROM plans_author AS a
LEFT JOIN plans_entry AS e ON e.author_id = a.id
WHERE a.id = 4242
GROUP BY a.id;
-- grouped
SELECT a.id, coalesce(g.entries, 0) AS entries
FROM plans_author AS a
LEFT JOIN (SELECT e.author_id, count(*) AS entries FROM plans_entry AS e GROUP BY e.author_id) AS g ON g.author_id = a.id
WHERE a.id = 4242;
-- lateral: postgres mysql
SELECT a.id, g.entries
FROM plans_author AS a
CROSS JOIN LATERAL (SELECT count(*) AS entries FROM plans_entry AS e WHERE e.author_id = a.id) AS g
WHERE a.id = 4242;
