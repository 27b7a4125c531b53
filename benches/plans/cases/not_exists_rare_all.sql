-- exists
SELECT a.id FROM plans_author AS a WHERE NOT EXISTS (SELECT 1 FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating = 9 AND e.price > 9900);
-- in
SELECT a.id FROM plans_author AS a WHERE a.id NOT IN (SELECT e.author_id FROM plans_entry AS e WHERE e.rating = 9 AND e.price > 9900);
-- anti join
SELECT a.id FROM plans_author AS a LEFT JOIN plans_entry AS e ON e.author_id = a.id AND e.rating = 9 AND e.price > 9900 WHERE e.id IS NULL;
