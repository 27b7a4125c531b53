-- groups 1
select a.id, a.name, count(*) as n from blog_author a join blog_entry e on e.author_id = a.id group by a.id order by n desc, a.id;
-- groups 2
select a.id, a.name, count(*) as n from blog_author a join blog_entry e on e.author_id = a.id group by a.id having count(*) >= 3
order by n desc, a.id;
-- groups 3
select a.id, a.name, count(*) as n from blog_author a join blog_entry e on e.author_id = a.id where a.name ilike '%a%' group by a.id
order by n desc, a.id;
-- groups 4
select a.id, a.name, count(*) as n from blog_author a join blog_entry e on e.author_id = a.id where a.name ilike '%a%' group by a.id
having count(*) >= 2 and count(e.editor_id) > 0 order by n desc, a.id;
-- only_guarded 1
select status, avg(rating)::float as rating from blog_entry group by status order by status collate "C";
-- only_guarded 2
select status, avg(rating)::float as rating from blog_entry group by status having max(rating) >= 2 order by status collate "C";
-- only_guarded 3
select status, avg(rating)::float as rating from blog_entry group by status having max(rating) >= 2 and min(rating) <= 3
order by status collate "C";
-- inside 1
select author_id as id, count(*) as n, (select count(*) from blog_entry x where x.author_id = e.author_id) as of_status
from blog_entry e group by author_id order by id;
-- inside 2
select author_id as id, count(*) as n, (select count(*) from blog_entry x where x.author_id = e.author_id) as of_status
from blog_entry e where (pub_date at time zone 'UTC')::date >= '2023-06-01' group by author_id order by id;
-- inside 3
select author_id as id, count(*) as n, (select count(*) from blog_entry x where x.author_id = e.author_id and x.status = 'draft') as of_status
from blog_entry e where status = 'draft' group by author_id order by id;
-- inside 4
select author_id as id, count(*) as n, (select count(*) from blog_entry x where x.author_id = e.author_id and x.status = 'draft') as of_status
from blog_entry e where status = 'draft' and (pub_date at time zone 'UTC')::date >= '2023-06-01' group by author_id order by id;
-- only_used_when 1
select id from blog_entry order by id;
-- only_used_when 2
select id from blog_entry where id in (select x.entry_id from blog_entry_tags x join blog_tag t on t.id = x.tag_id where t.slug = 'python') order by id;
-- under 1
select id from blog_entry order by id;
-- under 2
select id from blog_entry where id in (select x.entry_id from blog_entry_tags x join blog_tag t on t.id = x.tag_id where t.slug = 'python') order by id;
-- under 3
select id from blog_entry where id in
  (select x.entry_id from blog_entry_tags x join blog_tag t on t.id = x.tag_id where t.slug = 'python' and t.name ilike '%py%') order by id;
-- under 4
select id from blog_entry order by id;
-- again 1
select id from blog_entry order by id;
-- again 2
select id from blog_entry where title ilike '%a%' or body ilike '%a%' order by id;
-- again 3
select id from blog_entry where (title ilike '%a%' or body ilike '%a%') and (rating > 3 or word_count > 3) and slug ilike '%a%' order by id;
-- values 1
select id, rating from blog_entry order by id;
-- values 2
select id, rating from blog_entry where id < 10 order by id;
-- values 3
select id, rating from blog_entry where rating is null order by id;
-- values 4
select id, rating from blog_entry where rating = 3 order by id;
-- values 5
select id, rating from blog_entry where false;
-- compared 1
select id from blog_entry where word_count >= 5 order by id;
-- compared 2
select id from blog_entry order by id;
-- compared 3
select id from blog_entry where rating is null order by id;
-- null_is_a_value 1
select id from blog_entry where rating is null order by id;
-- null_is_a_value 2
select id from blog_entry where rating > 3 order by id;
-- null_is_a_value 3
select id from blog_entry where rating < 0 order by id;
-- kinds 1
select id from blog_entry where id > 5 and id < 100 and id not in (7, 8) order by id;
-- kinds 2
select id from blog_entry order by id;
-- united 1
select id, title from blog_entry order by id;
-- united 2
select id, title from blog_entry where (rating = 4 or status = 'draft' and rating < 4) and id < 60 order by id;
-- list_order 1
select a.id, (select json_agg(json_build_object('id', e.id) order by e.pub_date desc nulls last, e.id) from blog_entry e where e.author_id = a.id)
from blog_author a where a.id < 8 order by a.id;
-- list_order 2
select a.id, (select json_agg(json_build_object('id', e.id) order by e.title collate "C" desc, e.id) from blog_entry e where e.author_id = a.id)
from blog_author a where a.id < 8 order by a.id;
-- list_order 3
select a.id, (select json_agg(json_build_object('id', e.id) order by e.title collate "C" desc, e.id) from blog_entry e where e.author_id = a.id)
from blog_author a where a.id < 8 order by a.id;
