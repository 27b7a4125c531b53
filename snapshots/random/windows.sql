-- by_constants
SELECT id, 9, id FROM blog_entry WHERE id <= 9 ORDER BY id
-- per_constant
SELECT id FROM blog_entry ORDER BY id LIMIT 3
-- first_per_constant
SELECT min(id) FROM blog_entry
-- ranked_by_nothing
SELECT id, 1, true FROM blog_entry WHERE id <= 4 ORDER BY id
-- lists_in_a_derived_table
SELECT id, '[]'::jsonb, '{}'::jsonb, (SELECT o.title FROM blog_entry o WHERE o.id < e.id ORDER BY o.id DESC LIMIT 1)
FROM blog_entry e WHERE id <= 3 ORDER BY id
-- range_of_equals
SELECT id, 5 FROM blog_entry WHERE id <= 5 ORDER BY id
-- range_below_zero
SELECT e.id, (SELECT count(*) FROM blog_entry o WHERE o.id <= 9 AND o.word_count BETWEEN e.word_count - 1000 AND e.word_count),
       (SELECT min(o.id) FROM blog_entry o WHERE o.id BETWEEN e.id - 7 AND e.id - 5)
FROM blog_entry e WHERE id <= 9 ORDER BY id
-- bare_texts
SELECT id, '', CASE WHEN id = 1 THEN '' END FROM blog_entry WHERE id <= 3 ORDER BY id
-- filtered_by_an_aggregate
SELECT status, (SELECT count(*) FROM (SELECT 1 FROM blog_entry WHERE id <= 40 GROUP BY status HAVING max(rating) > 4) AS s)
FROM blog_entry WHERE id <= 40 GROUP BY status ORDER BY status
-- first_of_each_by_a_window
SELECT id, status FROM (
  SELECT id, status, row_number() OVER (PARTITION BY author_id ORDER BY alike DESC, id) AS place
  FROM (SELECT *, count(*) OVER (PARTITION BY status) AS alike FROM blog_entry WHERE id <= 30) AS e
) AS s WHERE place = 1 ORDER BY id
