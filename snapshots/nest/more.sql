-- of_keys
select json_build_object('name', a.name), (select count(*) from blog_entry e where e.author_id = a.id),
  (select json_agg(json_build_object('title', title) order by id) from blog_book b where b.author_id = a.id),
  (select json_agg(json_build_object('id', e.id, 'tags', (select json_agg(json_build_object('slug', t.slug) order by t.slug collate "C") from blog_entry_tags et join blog_tag t on t.id = et.tag_id where et.entry_id = e.id)) order by e.id)
   from blog_entry e where e.author_id = a.id and e.rating > 3)
from blog_author a where exists (select from blog_entry e where e.author_id = a.id) order by a.id
-- parameters
select a.name, (select json_agg(json_build_object('id', e.id, 'rating', e.rating, 'comments', (select json_agg(json_build_object('id', c.id) order by c.id) from blog_comment c where c.entry_id = e.id and position('water' in c.text) > 0)) order by e.id)
  from blog_entry e where e.author_id = a.id and e.rating >= 3)
from blog_author a order by a.id
-- computed
select a.id, (select json_agg(json_build_object('id', e.id, 'comments', (select json_agg(json_build_object('id', c.id) order by c.id) from blog_comment c where c.entry_id = e.id and length(c.text) > m.mean / 20)) order by e.id)
  from blog_entry e where e.author_id = a.id and e.word_count > m.mean)
from blog_author a cross join lateral (select avg(word_count)::float as mean from blog_entry x where x.author_id = a.id) m where a.id < 25 order by a.id
-- windows_of_groups
select a.id, (select json_agg(json_build_object('s', g.s, 'words', g.words, 'latest', to_char(g.latest at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')) order by g.words desc, g.s) from
  (select status as s, sum(word_count) as words, max(pub_date) as latest from blog_entry where author_id = a.id group by 1 having sum(word_count) > 100 order by 2 desc, status limit 2) g)
from blog_author a where a.id < 15 order by a.id
