-- of_outer_rows
SELECT a.id, least(2, (SELECT count(*) FROM blog_entry e WHERE e.author_id = a.id)) FROM blog_author a WHERE a.id <= 6 ORDER BY a.id
