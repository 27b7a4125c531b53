-- where_after
select id, rating from (select * from blog_entry order by rating desc nulls last, id limit 10) t where status = 'published' order by rating desc nulls last, id
-- join_after
select e.id, c.id from (select * from blog_entry order by id limit 4) e join blog_comment c on c.entry_id = e.id order by e.id, c.id
-- group_after
select status, count(*) from (select * from blog_entry order by id limit 30) t group by status order by status collate "C"
-- path_after
select e.id, a.name from (select * from blog_entry order by id desc limit 5) e join blog_author a on a.id = e.author_id where a.name <> 'Bob' order by e.id desc
