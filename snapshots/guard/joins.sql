-- by_tag 1
select id, title from blog_entry order by title collate "C", id;
-- by_tag 2
select e.id, e.title from blog_entry e join blog_entry_tags x on x.entry_id = e.id join blog_tag t on t.id = x.tag_id
where t.slug = 'django' order by t.name collate "C", e.id;
-- by_tag 3
select e.id, e.title from blog_entry e join blog_entry_tags x on x.entry_id = e.id join blog_tag t on t.id = x.tag_id
where t.slug = 'django' and e.rating >= 2 order by t.name collate "C", e.id;
-- multiplied 1
select a.id, count(*) as n from blog_author a join blog_entry e on e.author_id = a.id where e.status = 'published'
group by a.id order by n desc, a.id;
-- multiplied 2
select a.id, count(*) as n from blog_author a join blog_entry e on e.author_id = a.id
join blog_entry_tags x on x.entry_id = e.id where e.status = 'published' group by a.id order by n desc, a.id;
-- behind_a_join 1
select id from blog_entry order by id;
-- behind_a_join 2
select e.id from blog_entry e join blog_author a on a.id = e.editor_id join blog_company c on c.id = a.company_id
where c.name = 'Acme' order by e.id;
-- behind_a_join 3
select e.id from blog_entry e join blog_author a on a.id = e.editor_id join blog_company c on c.id = a.company_id order by e.id;
-- after_limit 1
select id from blog_entry order by id limit 40;
-- after_limit 2
select x.id from (
  select e.id, t.slug from blog_entry e left join (blog_entry_tags x join blog_tag t on t.id = x.tag_id) on x.entry_id = e.id and t.slug = 'python'
  order by t.id nulls last, e.id limit 40
) x where x.slug is not null order by x.id;
-- others 1
select id, name from blog_company order by id;
-- others 2
select c.id, c.name from blog_company c, blog_tag t where t.id <= 3 order by c.id;
-- lateral 1
select id, name from blog_author order by id;
-- lateral 2
select a.id, a.name from blog_author a
where (select max(rating) from blog_entry e where e.author_id = a.id and (e.pub_date at time zone 'UTC')::date >= '2022-01-01') >= 3
order by a.id;
-- from_the_other_side 1
select name from blog_company;
