-- written twice
SELECT a.id, (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id) AS n, rank() OVER (ORDER BY (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id) DESC) AS place
FROM plans_author AS a;
-- derived
SELECT d.id, d.n, rank() OVER (ORDER BY d.n DESC) AS place
FROM (SELECT a.id, (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id) AS n FROM plans_author AS a) AS d;
-- grouped
SELECT a.id, coalesce(g.n, 0) AS n, rank() OVER (ORDER BY coalesce(g.n, 0) DESC) AS place
FROM plans_author AS a
LEFT JOIN (SELECT e.author_id, count(*) AS n FROM plans_entry AS e GROUP BY e.author_id) AS g ON g.author_id = a.id;
-- left join
SELECT a.id, count(e.id) AS n, rank() OVER (ORDER BY count(e.id) DESC) AS place
FROM plans_author AS a
LEFT JOIN plans_entry AS e ON e.author_id = a.id
GROUP BY a.id;
