-- search 1
select id, title from blog_entry where title ilike '%the%' order by pub_date desc nulls last, id limit 20;
-- search 2
select e.id, e.title from blog_entry e
where e.id in (select x.entry_id from blog_entry_tags x join blog_tag t on t.id = x.tag_id where t.slug = 'django')
order by e.pub_date desc nulls last, e.id limit 20;
-- search 3
select e.id, e.title from blog_entry e
where e.title ilike '%a%'
  and e.id in (select x.entry_id from blog_entry_tags x join blog_tag t on t.id = x.tag_id where t.slug = 'python')
order by e.title collate "C", e.id limit 20;
-- search 4
select id, title from blog_entry order by title collate "C", id limit 20;
-- search 5
select id, title from blog_entry order by pub_date desc nulls last, id limit 20;
-- after_one 1
select id from blog_entry where status = 'published' order by id;
-- after_one 2
select id from blog_entry where status = 'published' and rating >= 3 order by id;
-- after_one 3
select e.id from blog_entry e join blog_author a on a.id = e.author_id
where e.status = 'published' and e.rating >= 2 and a.name = 'Ada Byron' order by e.id;
-- implied 1
select id, title from blog_entry order by id;
-- implied 2
select e.id, e.title from blog_entry e join blog_author a on a.id = e.author_id where a.name = 'Ada Byron' order by e.id;
-- implied 3
select e.id, e.title from blog_entry e join blog_author a on a.id = e.author_id join blog_company c on c.id = a.company_id
where c.city = 'Boston' order by e.id;
-- implied 4
select e.id, e.title from blog_entry e join blog_author a on a.id = e.author_id join blog_company c on c.id = a.company_id
where a.name = 'Ada Byron' and c.city = 'Boston' order by e.id;
-- implied_used 1
select e.id, a.name as author from blog_entry e join blog_author a on a.id = e.author_id order by e.id;
-- implied_used 2
select e.id, a.name as author from blog_entry e join blog_author a on a.id = e.author_id where a.name = 'Ada Byron' order by e.id;
