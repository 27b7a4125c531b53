-- by_model
SELECT a.name, c.name, count(e.id) FROM blog_entry e FULL JOIN blog_author a ON a.id = e.author_id AND e.rating > 3
LEFT JOIN blog_company c ON c.id = a.company_id GROUP BY a.id, c.id ORDER BY count(e.id) DESC, a.name COLLATE "C", c.name COLLATE "C";
-- by_status
SELECT e.status, 'new-' || e.status, count(*) FROM blog_entry e FULL JOIN blog_author a ON a.id = e.editor_id GROUP BY e.status ORDER BY e.status
