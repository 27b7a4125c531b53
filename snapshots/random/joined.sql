-- full_joins_twice
SELECT a.id FROM (SELECT 1) AS x LEFT JOIN blog_author a ON a.company_id = 1 AND a.id < 12
UNION ALL SELECT NULL FROM generate_series(2, 4)
UNION ALL SELECT NULL FROM blog_company WHERE id <> 1 AND NOT EXISTS (SELECT 1 FROM blog_author a WHERE a.company_id = blog_company.id AND a.id < 12)
UNION ALL SELECT a.id FROM blog_author a WHERE a.company_id <> 1 AND a.id < 12
UNION ALL SELECT a.id FROM blog_author a WHERE a.company_id IS NULL OR a.id >= 12
ORDER BY 1
-- model_after_a_full_join
SELECT e.id, (SELECT min(b.price) FROM blog_book b WHERE b.author_id = e.author_id) FROM blog_entry e WHERE e.id < 8 ORDER BY e.id
-- bound_null_in_a_relation
SELECT id, true, false FROM blog_author WHERE id <= 4 ORDER BY id
-- bound_null_in_a_relation 2
SELECT a.id, true, EXISTS (SELECT 1 FROM blog_entry e WHERE e.author_id = a.id) FROM blog_author a WHERE a.id <= 4 ORDER BY a.id
-- keys_of_one_name
SELECT e.id, a.name FROM blog_entry e JOIN blog_author a ON a.id = e.author_id LEFT JOIN blog_author d ON d.id = e.editor_id
WHERE d.name COLLATE "C" > 'D' OR a.name = 'Ada Byron' ORDER BY e.id
-- equal_keys
SELECT '', '', 3, 0 UNION ALL SELECT '', '', 3, 0 UNION ALL SELECT '', '', 3, 0 UNION ALL SELECT NULL, NULL, 3, 3 ORDER BY 4
-- grouping_alone
SELECT 1, 0 FROM (SELECT DISTINCT id % 2 FROM blog_tag) AS s UNION ALL SELECT 1, 1 ORDER BY 2
-- guarded_condition
SELECT DISTINCT id % 2 AS odd FROM blog_tag UNION ALL SELECT NULL ORDER BY odd NULLS LAST
-- guarded_condition 2
SELECT DISTINCT id % 2 AS odd FROM blog_tag UNION ALL SELECT NULL ORDER BY odd NULLS LAST
