-- exists
SELECT a.id FROM plans_author AS a WHERE NOT EXISTS (SELECT 1 FROM plans_entry AS e WHERE e.author_id = a.id);
-- in
SELECT a.id FROM plans_author AS a WHERE a.id NOT IN (SELECT e.author_id FROM plans_entry AS e);
-- anti join
SELECT a.id FROM plans_author AS a LEFT JOIN plans_entry AS e ON e.author_id = a.id WHERE e.id IS NULL;
