-- replaced_by_null
SELECT e.id, CASE WHEN d.id IS NOT NULL THEN '' END, CASE WHEN d.id IS NOT NULL THEN '' END, CASE WHEN d.id IS NOT NULL THEN e.slug END
FROM blog_entry e LEFT JOIN blog_author d ON d.id = e.editor_id WHERE e.id <= 40 ORDER BY e.id
-- among_numbers
SELECT id, id <= 3, id > 3 FROM blog_author ORDER BY id
-- windows_that_meet
SELECT 20, true WHERE EXISTS (SELECT 1 FROM blog_entry WHERE id <= 20 AND rating > 2)
-- frame_beside_the_row
SELECT 3, NULL::bigint, 0, false, NULL::int
-- keys_of_an_aggregate
SELECT status, true FROM blog_entry GROUP BY status ORDER BY status
-- query_in_having
SELECT count(*) AS entries, sum(e.word_count) AS words
FROM blog_entry e
GROUP BY e.author_id, e.editor_id
HAVING coalesce(max(CASE WHEN e.rating > 4 THEN 1 ELSE 0 END), 0) = 1 OR e.editor_id IN (SELECT entry_id FROM blog_comment)
ORDER BY entries, words
-- rollup_in_order
SELECT a, entries FROM (
  SELECT author_id AS a, count(*) AS entries FROM blog_entry WHERE id <= 40 GROUP BY author_id
  UNION ALL SELECT NULL, count(*) FROM blog_entry WHERE id <= 40
) g ORDER BY a NULLS LAST LIMIT 4
-- rollup_of_a_constant
SELECT false, 0 UNION ALL SELECT NULL, 1
-- row_behind_nothing
SELECT e.id FROM blog_entry e LEFT JOIN blog_author d ON d.id = e.editor_id
WHERE coalesce(char_length(d.name) > 5, true) ORDER BY e.id
-- window_by_different_values
SELECT 7
-- of_nothing
SELECT id, NULL::text, false, true FROM blog_author ORDER BY id
-- hashed_key
SELECT row_number() OVER (ORDER BY encode(sha384(convert_to(slug, 'UTF8')), 'hex') COLLATE "C"),
       left(encode(sha256(convert_to(slug, 'UTF8')), 'hex'), 4)
FROM blog_tag WHERE id <= 5 ORDER BY 1
-- texts_of_windows
SELECT id, (SELECT count(*) FROM blog_entry o WHERE o.id <= 9 AND o.status = e.status),
       (SELECT min(o.title COLLATE "C") FROM blog_entry o WHERE o.id <= 9 AND o.author_id = e.author_id) || '!',
       (SELECT left(upper(o.title), 3) || '?' FROM blog_entry o WHERE o.id < e.id AND o.author_id = e.author_id ORDER BY o.id DESC LIMIT 1)
FROM blog_entry e WHERE id <= 9 ORDER BY id
-- skipped_constant
SELECT 4 WHERE false
