-- by_year
select a.name, (select json_agg(json_build_object('y', g.y, 'n', g.n, 'best', g.best) order by g.y nulls last) from
  (select extract(year from pub_date at time zone 'UTC') as y, count(*) as n, max(rating) as best from blog_entry e where e.author_id = a.id group by 1) g)
from blog_author a where a.id < 12 order by a.id
-- by_status
select a.id, (select json_agg(json_build_object('status', g.status, 'n', g.n, 'twice', g.twice) order by g.status) from
  (select status, count(*) as n, sum(word_count) * 2 as twice from blog_entry e where e.author_id = a.id group by 1) g),
  (select json_agg(json_build_object('status', g.status) order by g.status) from
  (select distinct status from blog_entry e where e.author_id = a.id and rating > 2) g)
from blog_author a where a.id < 12 order by a.id
-- totals
select a.id, (select json_build_object('n', count(*), 'best', max(rating), 'good', count(*) filter (where rating > 3)) from blog_entry e where e.author_id = a.id)
from blog_author a order by a.id
-- selected
select a.name, (select json_agg(json_build_object('title', e.title, 'size', length(e.title), 'tags',
   (select json_agg(json_build_object('slug', t.slug) order by t.slug collate "C") from blog_entry_tags et join blog_tag t on t.id = et.tag_id where et.entry_id = e.id)) order by e.pub_date desc nulls last, e.id)
  from (select * from blog_entry where author_id = a.id order by pub_date desc nulls last, id limit 2) e)
from blog_author a where a.id < 8 order by a.id
-- groups_of_pages
select a.id, (select json_agg(json_build_object('status', g.status, 'n', g.n, 'first', g.first) order by g.status) from
  (select status, count(*) as n, min(id) as first from (select * from blog_entry where author_id = a.id order by id limit 4) e group by 1) g)
from blog_author a where a.id < 20 order by a.id
-- pages_of_groups
select a.id, (select json_agg(json_build_object('slug', g.slug, 'n', g.n) order by g.n desc, g.slug collate "C") from
  (select t.slug, count(*) as n from blog_entry e join blog_entry_tags et on et.entry_id = e.id join blog_tag t on t.id = et.tag_id where e.author_id = a.id
   group by 1 order by 2 desc, t.slug collate "C" limit 2) g)
from blog_author a where a.id < 20 order by a.id
-- from_models
select e.id, (select json_agg(json_build_object('id', o.id, 'title', o.title) order by o.id) from (select * from blog_entry o where o.rating = e.rating and o.id <> e.id order by id limit 3) o),
 (select json_agg(json_build_object('slug', slug) order by slug collate "C") from blog_tag where slug like 'c%')
from blog_entry e where e.id < 12 order by e.id
-- of_ctes
select json_build_object('entries', b.entries, 'best', b.best),
  (select json_build_object('name', a.name, 'books', (select json_agg(json_build_object('title', k.title) order by k.id) from blog_book k where k.author_id = a.id)) from blog_author a where a.id = b.author_id),
  (select json_agg(json_build_object('id', e.id, 'rating', e.rating) order by e.id) from (select * from blog_entry where author_id = b.author_id and rating > 3 order by id limit 2) e)
from (select author_id, count(*) as entries, max(rating) as best from blog_entry group by 1 having count(*) > 4) b order by b.author_id
-- of_joined_ctes
select a.id, case when b.author_id is not null then json_build_object('entries', b.entries, 'best', b.best, 'twice', b.entries * 2) end
from blog_author a left join (select author_id, count(*) as entries, max(rating) as best from blog_entry group by 1 having count(*) > 4) b on b.author_id = a.id order by a.id
