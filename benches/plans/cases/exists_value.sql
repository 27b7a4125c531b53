-- exists
SELECT a.id, EXISTS (SELECT 1 FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating = 9 AND e.price > 9900) AS has FROM plans_author AS a;
-- in
SELECT a.id, a.id IN (SELECT e.author_id FROM plans_entry AS e WHERE e.rating = 9 AND e.price > 9900) AS has FROM plans_author AS a;
-- grouped
SELECT a.id, g.author_id IS NOT NULL AS has FROM plans_author AS a
LEFT JOIN (SELECT DISTINCT e.author_id FROM plans_entry AS e WHERE e.rating = 9 AND e.price > 9900) AS g ON g.author_id = a.id;
