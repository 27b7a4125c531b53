-- exists
SELECT a.id FROM plans_author AS a WHERE EXISTS (SELECT 1 FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating = 9 AND e.price > 9900);
-- in
SELECT a.id FROM plans_author AS a WHERE a.id IN (SELECT e.author_id FROM plans_entry AS e WHERE e.rating = 9 AND e.price > 9900);
-- distinct join
SELECT DISTINCT a.id FROM plans_author AS a JOIN plans_entry AS e ON e.author_id = a.id AND e.rating = 9 AND e.price > 9900;
