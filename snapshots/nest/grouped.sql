-- entries
select a.name, (select json_agg(json_build_object('title', e.title, 'pub_date', to_char(e.pub_date at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), 'score', e.score) order by e.pub_date desc nulls last, e.id) from blog_entry e where e.author_id = a.id and e.rating > 2),
  (select json_agg(json_build_object('title', b.title, 'price', b.price, 'published', b.published)) from blog_book b where b.author_id = a.id)
from blog_author a order by a.id
-- of_some
select a.id, (select json_agg(json_build_object('id', e.id) order by e.id) from blog_entry e where e.author_id = a.id) from blog_author a where a.id > 1 order by a.id
-- paged
select a.id, (select json_agg(json_build_object('id', e.id) order by e.id) from blog_entry e where e.author_id = a.id) from blog_author a order by (select count(*) from blog_entry e where e.author_id = a.id) desc, a.id limit 2
