-- by_each_type
SELECT status, string_agg(title, ' | ' ORDER BY title), string_agg(id::text, ',' ORDER BY rating DESC NULLS LAST, id),
  string_agg(id::text, ',' ORDER BY score, id), string_agg(id::text, ',' ORDER BY sqrt(abs(rating)) DESC NULLS LAST, id DESC),
  jsonb_agg(id ORDER BY pub_date DESC NULLS FIRST, id)
FROM blog_entry GROUP BY status ORDER BY status;
-- with_a_condition
SELECT author_id, string_agg(title, ', ' ORDER BY title DESC) FILTER (WHERE rating > 1), jsonb_agg(rating ORDER BY id DESC) FILTER (WHERE id > 60), count(*)
FROM blog_entry GROUP BY author_id HAVING count(*) FILTER (WHERE rating > 1) <> 3
ORDER BY string_agg(title, '' ORDER BY id), author_id;
-- of_relations
SELECT a.id, (SELECT string_agg(title, '; ' ORDER BY title DESC) FROM blog_entry WHERE author_id = a.id),
  (SELECT jsonb_agg(title ORDER BY rating, id) FROM blog_entry WHERE author_id = a.id AND rating > 3)
FROM blog_author a ORDER BY a.id;
-- subtotals
SELECT status, rating, string_agg(id::text, ' ' ORDER BY id DESC) FROM blog_entry GROUP BY ROLLUP (status, rating) ORDER BY status, rating, 3
