-- of_all
select e.id, e.title, (select count(*) from blog_entry_tags l where l.entry_id = e.id), (select min(t.slug collate "C") from blog_entry_tags l join blog_tag t on t.id = l.tag_id where l.entry_id = e.id), (select count(distinct t.name) from blog_entry_tags l join blog_tag t on t.id = l.tag_id where l.entry_id = e.id), (select count(*) from blog_entry_tags l join blog_tag t on t.id = l.tag_id where l.entry_id = e.id and t.slug like '%a%'), not exists (select 1 from blog_entry_tags l join blog_tag t on t.id = l.tag_id where l.entry_id = e.id and t.slug not like '%a%'), exists (select 1 from blog_entry_tags l join blog_tag t on t.id = l.tag_id where l.entry_id = e.id and t.slug like '%a%') from blog_entry e order by 1
-- what_no_row_has
select e.id, nullif(n, 0), case when n > 0 then 'x' end, n from blog_entry e cross join lateral (select count(*) as n from blog_entry_tags l where l.entry_id = e.id) c order by 1
-- of_some
select t.slug, t.name, (select count(*) from blog_entry_tags l where l.tag_id = t.id), (select avg(e.rating::float8) from blog_entry_tags l join blog_entry e on e.id = l.entry_id where l.tag_id = t.id), (select max(e.pub_date) from blog_entry_tags l join blog_entry e on e.id = l.entry_id where l.tag_id = t.id) from blog_tag t where t.slug > 'b' order by t.slug
-- most
select t.slug from blog_tag t order by (select count(*) from blog_entry_tags l where l.tag_id = t.id) desc, t.slug desc limit 3
-- sums_of_sums
select * from (select t.id, n * 2 + 1, coalesce(s, 0) + n as b from blog_tag t cross join lateral (select count(*) as n, sum(e.rating) as s from blog_entry_tags l join blog_entry e on e.id = l.entry_id where l.tag_id = t.id) c) d order by b desc, id
-- a_page
select t.slug, (select count(*) from blog_entry_tags l where l.tag_id = t.id) from blog_tag t order by t.slug limit 2
-- beside
select e.id, (select count(*) from blog_entry_tags l where l.entry_id = e.id), (select count(*) from blog_comment c where c.entry_id = e.id) from blog_entry e order by 1
-- conditions
select t.id, count(*) from blog_tag t join blog_entry_tags l on l.tag_id = t.id group by t.id having count(*) > 1 order by 1
