-- correlated
SELECT a.id, (SELECT coalesce(sum(e.rating), 0) FROM plans_entry AS e WHERE e.author_id = a.id) AS n
FROM plans_author AS a ORDER BY n DESC, a.id LIMIT 10;
-- left join
SELECT a.id, coalesce(sum(e.rating), 0) AS n
FROM plans_author AS a
LEFT JOIN plans_entry AS e ON e.author_id = a.id
GROUP BY a.id ORDER BY n DESC, a.id LIMIT 10;
-- grouped
SELECT a.id, coalesce(g.n, 0) AS n
FROM plans_author AS a
LEFT JOIN (SELECT e.author_id, coalesce(sum(e.rating), 0) AS n FROM plans_entry AS e GROUP BY e.author_id) AS g ON g.author_id = a.id
ORDER BY n DESC, a.id LIMIT 10;
