-- three_levels
select a.name, (select json_agg(json_build_object('id', e.id, 'title', e.title, 'comments',
    (select json_agg(json_build_object('id', c.id, 'text', c.text, 'replies',
        (select json_agg(json_build_object('id', r.id, 'author_name', r.author_name) order by r.id) from blog_comment r where r.parent_id = c.id)) order by c.id)
     from blog_comment c where c.entry_id = e.id)) order by e.id) from blog_entry e where e.author_id = a.id)
from blog_author a where a.id < 15 order by a.id
-- in_turn
select e.id,
  (select json_build_object('name', a.name, 'company', case when c.id is not null then json_build_object('name', c.name, 'staff',
     (select json_agg(json_build_object('id', s.id, 'name', s.name) order by s.id) from blog_author s where s.company_id = c.id)) end)
   from blog_author a left join blog_company c on c.id = a.company_id where a.id = e.author_id),
  (select json_agg(json_build_object('slug', t.slug, 'entries', (select json_agg(json_build_object('id', f.id, 'editor',
      (select json_build_object('name', b.name) from blog_author b where b.id = f.editor_id)) order by f.id)
     from blog_entry f join blog_entry_tags ft on ft.entry_id = f.id where ft.tag_id = t.id and f.rating > 3)) order by t.slug collate "C")
   from blog_entry_tags et join blog_tag t on t.id = et.tag_id where et.entry_id = e.id),
  (select json_build_object('name', a.name, 'books', (select json_agg(json_build_object('title', k.title, 'price', k.price::text, 'published', k.published) order by k.id)
     from blog_book k where k.author_id = a.id)) from blog_author a where a.id = e.editor_id)
from blog_entry e where e.id < 14 order by e.id
-- pages_in_pages
select a.id, (select json_agg(json_build_object('id', e.id, 'pub_date', to_char(e.pub_date at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    'comments', (select json_agg(json_build_object('id', c.id, 'created', to_char(c.created at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')) order by c.created desc, c.id)
       from (select * from blog_comment where entry_id = e.id order by created desc, id limit 2) c),
    'last_tag', (select json_build_object('slug', t.slug) from blog_entry_tags et join blog_tag t on t.id = et.tag_id where et.entry_id = e.id order by t.slug collate "C" desc limit 1))
    order by e.pub_date desc nulls last, e.id)
  from (select * from blog_entry where author_id = a.id order by pub_date desc nulls last, id limit 2 offset 1) e)
from blog_author a order by a.id
-- outer_rows
select a.name, (select json_agg(json_build_object('id', e.id, 'longer', (select json_agg(json_build_object('id', c.id, 'text', c.text) order by c.id)
    from blog_comment c where c.entry_id = e.id and length(c.text) > length(e.title) and c.author_name <> a.name)) order by e.id)
  from blog_entry e where e.author_id = a.id and e.title <> a.name)
from blog_author a where a.id < 12 order by a.id
-- outer_values
select a.id, m.most, (select json_agg(json_build_object('id', e.id, 'words', e.word_count * 2, 'comments', (select json_agg(json_build_object('id', c.id) order by c.id)
    from blog_comment c where c.entry_id = e.id and length(c.text) * 40 > e.word_count * 2)) order by e.id)
  from blog_entry e where e.author_id = a.id and e.rating = m.most)
from blog_author a cross join lateral (select max(rating) as most from blog_entry x where x.author_id = a.id) m where a.id < 20 order by a.id
-- named
select c.name, (select json_agg(json_build_object('name', a.name, 'newest', (select json_agg(json_build_object('id', e.id, 'title', e.title,
      'tags', (select json_agg(json_build_object('slug', t.slug)) from blog_entry_tags et join blog_tag t on t.id = et.tag_id where et.entry_id = e.id), 'rating', e.rating)
      order by e.pub_date desc nulls last, e.id)
    from (select * from blog_entry where author_id = a.id and status = 'published' order by pub_date desc nulls last, id limit 2) e)) order by a.id)
  from blog_author a where a.company_id = c.id)
from blog_company c where c.id < 6 order by c.id
