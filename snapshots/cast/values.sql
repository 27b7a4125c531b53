-- sure
select e.id, e.id::text, rating::float8, rating::bigint, word_count::numeric(12, 2), (rating > 0)::text from blog_entry e where e.id < 20 order by e.id
-- tried
select id, null::int, id from blog_entry where id <= 30 order by id
