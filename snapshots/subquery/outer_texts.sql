-- in_output
SELECT a.id, a.name || ' and Ada Byron' FROM blog_author a ORDER BY a.id;
-- in_condition
SELECT a.id, (SELECT count(*) FROM blog_author b WHERE b.name = a.name),
  EXISTS (SELECT 1 FROM blog_author b WHERE b.id > 9 AND left(b.name, length(a.name)) = a.name)
FROM blog_author a ORDER BY a.id;
-- beside_another
SELECT a.id FROM blog_author a
WHERE length(a.name) + 9 > 12 AND EXISTS (SELECT 1 FROM blog_author b WHERE b.id > 20 AND b.name = a.name)
ORDER BY a.id;
-- with_mode
SELECT a.id, (SELECT mode() WITHIN GROUP (ORDER BY e.rating) FROM blog_entry e WHERE e.author_id = a.id),
  (SELECT min(b.id) FROM blog_author b WHERE b.name = a.name)
FROM blog_author a ORDER BY a.id DESC;
-- of_joined
SELECT a.id, count(b.id), max(b.id) FROM blog_author a JOIN blog_author b ON b.name = a.name GROUP BY a.id ORDER BY a.id;
