-- page 1
select id from blog_entry order by id;
-- page 2
select id from blog_entry order by id limit 5;
-- page 3
select id from blog_entry order by id offset 145;
-- page 4
select id from blog_entry order by id offset 10 limit 5;
-- behind 1
select e.id, a.name as author from blog_entry e join blog_author a on a.id = e.author_id order by a.name collate "C", e.id limit 30;
-- behind 2
select e.id, a.name as author from (select * from blog_entry order by id limit 20) e join blog_author a on a.id = e.author_id
order by a.name collate "C", e.id limit 30;
-- behind 3
select e.id, a.name as author from (select * from blog_entry order by id limit 20) e join blog_author a on a.id = e.author_id
where e.rating = 3 order by a.name collate "C", e.id limit 30;
-- behind 4
select e.id, a.name as author from blog_entry e join blog_author a on a.id = e.author_id
where e.rating = 3 order by a.name collate "C", e.id limit 30;
-- orders 1
select id from blog_entry order by id;
-- orders 2
select id from blog_entry order by rating desc nulls last, id;
-- orders 3
select e.id from blog_entry e join blog_author a on a.id = e.author_id order by a.name collate "C", e.id desc;
-- orders 4
select e.id from blog_entry e join blog_author a on a.id = e.author_id order by a.name collate "C", e.id desc;
-- choice 1
select id from blog_entry order by rating nulls last, id limit 10;
-- choice 2
select id from blog_entry order by word_count, id limit 10;
-- derived 1
select a.name, count(*) as n from blog_entry e join blog_author a on a.id = e.author_id group by a.id, a.name order by a.name collate "C", n;
-- derived 2
select a.name, count(*) as n from (select * from blog_entry order by id limit 3) e join blog_author a on a.id = e.author_id
group by a.id, a.name order by a.name collate "C", n;
-- sides 1
select id from blog_entry union all select id from blog_author order by id;
-- sides 2
(select id from blog_entry order by id limit 3) union all (select id from blog_author order by id desc limit 3) order by id;
-- in_a_list 1
select id from blog_entry order by id;
-- in_a_list 2
select id from blog_entry where author_id in (select id from blog_author order by id limit 3) order by id;
-- nested 1
select a.id, (select json_agg(json_build_object('id', e.id) order by e.id) from blog_entry e where e.author_id = a.id and e.status = 'published')
from blog_author a where a.id < 6 order by a.id;
-- nested 2
select a.id, (select json_agg(json_build_object('id', e.id) order by e.id) from
  (select id from blog_entry e where e.author_id = a.id and e.status = 'published' order by id limit 2) e)
from blog_author a where a.id < 6 order by a.id;
-- nested 3
select a.id, (select json_agg(json_build_object('id', e.id) order by e.id) from
  (select id from blog_entry e where e.author_id = a.id and e.status = 'published' order by id offset 1) e)
from blog_author a where a.id < 6 order by a.id;
-- nested 4
select a.id, (select json_agg(json_build_object('id', e.id) order by e.id) from
  (select id from blog_entry e where e.author_id = a.id and e.status = 'published' order by id offset 1 limit 2) e)
from blog_author a where a.id < 6 order by a.id;
-- nested_order 1
select a.id, (select json_agg(json_build_object('id', e.id) order by e.title collate "C", e.id) from blog_entry e where e.author_id = a.id)
from blog_author a where a.id < 6 order by a.id;
-- nested_order 3
select a.id, (select json_agg(json_build_object('id', e.id) order by e.pub_date desc nulls last, e.id) from
  (select * from blog_entry e where e.author_id = a.id order by pub_date desc nulls last, id limit 2) e)
from blog_author a where a.id < 6 order by a.id;
