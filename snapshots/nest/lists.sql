-- entries
select a.name, (select json_agg(json_build_object('id', e.id, 'title', e.title, 'status', e.status)) from blog_entry e where e.author_id = a.id)
from blog_author a where a.id in (1, 2, 3, 38) order by a.id
-- filtered
select a.id, (select json_agg(json_build_object('id', e.id, 'rating', e.rating) order by rating desc, id) from blog_entry e where e.author_id = a.id and rating > 2)
from blog_author a where a.id < 8 order by a.id
-- limited
select a.id, (select json_agg(json_build_object('id', e.id, 'pub_date', to_char(e.pub_date at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')) order by e.n)
  from (select *, row_number() over (order by pub_date desc nulls last, id) as n from blog_entry where author_id = a.id) e where n <= 2)
from blog_author a where a.id < 12 order by a.id
-- page_of_each
select a.id, (select json_agg(json_build_object('id', e.id) order by id)
  from (select id, row_number() over (order by id) as n from blog_entry where author_id = a.id) e where n between 2 and 3)
from blog_author a order by a.id
-- many_to_many
select e.id, (select json_agg(json_build_object('slug', t.slug, 'name', t.name) order by t.slug collate "C") from blog_entry_tags et join blog_tag t on t.id = et.tag_id where et.entry_id = e.id)
from blog_entry e where e.id <= 12 order by e.id
-- two_lists
select a.id, (select json_agg(json_build_object('id', e.id) order by id) from blog_entry e where e.author_id = a.id),
  (select json_agg(json_build_object('title', b.title, 'price', b.price::text) order by id) from blog_book b where b.author_id = a.id)
from blog_author a where a.id < 10 order by a.id
-- of_limited_rows
select e.id, (select json_agg(json_build_object('author_name', author_name, 'text', text) order by id) from blog_comment c where c.entry_id = e.id) from blog_entry e where e.id > 147 order by e.id desc
