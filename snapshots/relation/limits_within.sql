-- aggregates
select a.id, (select count(*) from (select 1 from blog_entry where author_id = a.id limit 3) x),
  (select sum(word_count) from (select * from blog_entry where author_id = a.id order by pub_date desc nulls last, id limit 2) x),
  (select max(rating) from (select * from blog_entry where author_id = a.id and status = 'published' order by id limit 3) x),
  (select string_agg(title, '; ' order by id) from (select * from blog_entry where author_id = a.id order by id limit 2) x)
from blog_author a order by a.id
-- aggregates_of_paths
select c.id, (select count(*) from (select 1 from blog_author a join blog_entry e on e.author_id = a.id where a.company_id = c.id and e.rating > 2 limit 5) x)
from blog_company c order by c.id
-- joined_scope
select a.id, e.id, e.title from blog_author a cross join lateral (select * from blog_entry where author_id = a.id and status = 'published' order by pub_date desc nulls last, id limit 2) e
where a.id < 20 order by a.id, e.id
-- left_joined_scope
select a.id, e.id, e.rating from blog_author a left join lateral (select * from blog_entry where author_id = a.id and status = 'published' order by pub_date desc nulls last, id limit 2) e on e.rating > 2
where a.id < 20 order by a.id, e.id
-- joined_model_scope
select x.id, e.id, u.name from blog_entry x join (select * from blog_entry where status = 'published' order by pub_date desc nulls last, id limit 2) e on e.id >= x.id join blog_author u on u.id = e.author_id
where x.id > 100 order by x.id, e.id
-- behind_a_pipeline
select a.id, t.slug from blog_author a join blog_entry e on e.author_id = a.id and e.rating > 3 join blog_entry_tags et on et.entry_id = e.id join blog_tag t on t.id = et.tag_id
where a.id < 15 order by a.id, t.slug collate "C"
-- in_parentheses
select a.id, e.title, u.name from blog_author a cross join lateral (select * from blog_entry where author_id = a.id and rating > 3 order by id limit 1) e left join blog_author u on u.id = e.editor_id
order by a.id
