-- of_outer_rows
SELECT a.id, least(2, (SELECT count(*) FROM blog_entry e WHERE e.author_id = a.id)) FROM blog_author a WHERE a.id <= 6 ORDER BY a.id
-- full_join_of_outer_rows
SELECT id, true FROM blog_author WHERE id <= 3 ORDER BY id
-- window_in_a_window
SELECT id, (SELECT sum(o.id) FROM blog_tag o WHERE o.id <= t.id) FROM blog_tag t WHERE id <= 5 ORDER BY id
-- window_in_a_number
SELECT id, row_number() OVER (ORDER BY id) FROM blog_tag WHERE id <= 5 ORDER BY id
