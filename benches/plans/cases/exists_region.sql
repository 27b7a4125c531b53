-- exists
SELECT a.id FROM plans_author AS a WHERE a.region = 7 AND EXISTS (SELECT 1 FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating > 4);
-- in
SELECT a.id FROM plans_author AS a WHERE a.region = 7 AND a.id IN (SELECT e.author_id FROM plans_entry AS e WHERE e.rating > 4);
-- distinct join
SELECT DISTINCT a.id FROM plans_author AS a JOIN plans_entry AS e ON e.author_id = a.id AND e.rating > 4 WHERE a.region = 7;
