-- whole
select * from blog_entry where status = 'published' order by id
-- skipping
select id, rating from blog_entry where rating is not null order by rating desc, id limit 3
-- at_once
select id, name from blog_author where id in (select author_id from blog_entry where rating > 2) order by id
-- shared
select a.id, (select count(*) from blog_entry e where e.author_id = a.id) from blog_author a where exists (select 1 from blog_entry e where e.author_id = a.id and e.rating is null) order by a.id
-- shared_at_once
select id from blog_author order by id limit 2 offset 1
-- shared_skipping
select id from blog_author order by id
-- nothing
select id from blog_entry where false
-- optional
select id from blog_entry order by id
-- with_the_newest
select id, (select title from blog_entry e where e.author_id = a.id order by case when pub_date is null then 1 else 0 end, pub_date desc, id limit 1) from blog_author a order by id
