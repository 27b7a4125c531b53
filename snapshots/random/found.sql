-- of_outer_values
SELECT e.id,
       CASE WHEN EXISTS (SELECT 1 FROM blog_comment c WHERE c.entry_id = e.id) THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM blog_comment c WHERE c.entry_id = e.id) THEN e.word_count END
FROM blog_entry e WHERE e.id <= 40 ORDER BY e.id
-- behind_a_path_to_one
SELECT a.id, max(char_length(ed.name))
FROM blog_author a LEFT JOIN blog_entry e ON e.author_id = a.id LEFT JOIN blog_author ed ON ed.id = e.editor_id
GROUP BY a.id ORDER BY a.id
-- in_filtered
SELECT DISTINCT author_id FROM blog_entry WHERE status = 'published' AND rating = 5 ORDER BY author_id
-- rows_with_nulls
SELECT id,
       CASE WHEN rating > 3 THEN true WHEN rating < 3 THEN false WHEN rating = 3 THEN id >= 20 END AS later,
       CASE WHEN id <> 20 THEN false ELSE rating = 3 END,
       CASE WHEN id <> 20 THEN true ELSE rating <> 3 END
FROM blog_entry ORDER BY later NULLS LAST, id
-- large_numbers
SELECT id, word_count::numeric + 2147483647, word_count::numeric * 1000000000, 0 - word_count - 1
FROM blog_entry WHERE id <= 20 ORDER BY id
-- constant_key
SELECT count(*) FROM blog_entry
-- constant_key_alone
SELECT 'one'
-- looser_on_the_left
SELECT id, floor((word_count + 1) / 7.0)::int, mod(word_count + 1, 7), CASE word_count WHEN 0 THEN NULL WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE 0 END
FROM blog_entry WHERE id <= 30 ORDER BY id
-- best_of_each
SELECT author_id FROM blog_entry GROUP BY author_id HAVING max(rating) = 5 ORDER BY author_id
-- full_join_without_equality
SELECT t.id AS tag, c.id AS company
FROM blog_tag t LEFT JOIN blog_company c ON t.id < 3 AND c.id = 1
UNION ALL
SELECT NULL, c.id FROM blog_company c WHERE NOT (c.id = 1 AND EXISTS (SELECT 1 FROM blog_tag t WHERE t.id < 3))
ORDER BY tag NULLS LAST, company NULLS LAST
-- bound_in_a_union
SELECT 1, 1::double precision UNION SELECT 2, NULL ORDER BY 1
-- bound_in_a_union 2
SELECT 1, 1::double precision UNION SELECT 2, 0.5 ORDER BY 1
-- bound_decimal
SELECT 1009.9899
-- key_within_a_call
SELECT coalesce(rating, 1), count(*) FROM blog_entry GROUP BY 1
HAVING coalesce(rating, 1) BETWEEN 1 AND 12
   AND count(*) <= CASE coalesce(rating, 1) WHEN 2 THEN 29 WHEN 4 THEN 30 WHEN 6 THEN 30 WHEN 9 THEN 30 WHEN 11 THEN 30 ELSE 31 END
ORDER BY 1
-- below_the_row_number
SELECT id, (SELECT count(*) FROM blog_tag o WHERE o.id <= t.id) - 5, (SELECT count(*) FROM blog_tag o WHERE o.id <= t.id) * 2 - 8,
       (SELECT count(*) FROM blog_tag o WHERE o.id <= 3) - 9,
       CASE WHEN (SELECT count(*) FROM blog_tag o WHERE o.id <= t.id) * 2 <= (SELECT count(*) + 1 FROM blog_tag o WHERE o.id <= 3) THEN -1 ELSE -2 END
FROM blog_tag t WHERE id <= 3 ORDER BY id
-- value_before_a_full_join
SELECT t.id, e.one FROM (SELECT id, 1 AS one FROM blog_entry WHERE id <= 2) e FULL JOIN blog_tag t ON t.id = e.id + 1
ORDER BY 1, 2
-- of_outer_keys
SELECT e.id, CASE WHEN EXISTS (SELECT 1 FROM blog_comment c WHERE c.entry_id = e.id) THEN e.id END, 1
FROM blog_entry e WHERE e.id <= 40 ORDER BY e.id
-- one_row_and_others
SELECT id FROM blog_company ORDER BY id
-- one_text
SELECT 'a', NULL
-- ordered_by_no_query
SELECT id FROM blog_tag WHERE id <= 3 ORDER BY id
-- length_of_a_key
SELECT DISTINCT 2, coalesce(rating, 0) FROM blog_entry ORDER BY 2
-- one_number
SELECT 6, 6::float8, NULL
