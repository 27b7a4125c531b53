-- from_scope
select id from blog_entry where status = 'published' order by id limit 6
-- two_scopes
select id, rating, status from blog_entry where status = 'published' and rating >= 4 order by id
-- on_relation
select a.id, count(e.id), count(e.id) filter (where rating >= 4) from blog_author a left join blog_entry e on e.author_id = a.id and status = 'published' group by a.id order by a.id
-- in_exists
select distinct author_id from blog_entry where rating >= 4 order by 1
