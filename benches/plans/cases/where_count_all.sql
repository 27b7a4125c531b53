-- correlated
SELECT a.id FROM plans_author AS a WHERE (SELECT count(*) FROM plans_entry AS e WHERE e.author_id = a.id) >= 60;
-- having
SELECT a.id FROM plans_author AS a JOIN plans_entry AS e ON e.author_id = a.id GROUP BY a.id HAVING count(*) >= 60;
-- grouped
SELECT a.id FROM plans_author AS a
JOIN (SELECT e.author_id FROM plans_entry AS e GROUP BY e.author_id HAVING count(*) >= 60) AS g ON g.author_id = a.id;
-- in
SELECT a.id FROM plans_author AS a
WHERE a.id IN (SELECT e.author_id FROM plans_entry AS e GROUP BY e.author_id HAVING count(*) >= 60);
