-- with_any
select distinct author_id from blog_book order by 1
-- without_any
select a.id from blog_author a left join blog_entry e on e.author_id = a.id where e.id is null order by 1
-- with_some
select distinct author_id from blog_entry where rating = 5 and status = 'published' order by 1
-- with_through
select t.slug from blog_tag t join blog_entry_tags et on et.tag_id = t.id join blog_entry e on e.id = et.entry_id join blog_author a on a.id = e.author_id where a.name = 'Ada Byron' group by t.id order by t.id
-- holds
select et.entry_id from blog_entry_tags et join blog_tag t on t.id = et.tag_id where t.slug = 'rust' order by 1
-- holds_not
select e.id from blog_entry e where e.id < 40 and e.id not in (select et.entry_id from blog_entry_tags et join blog_tag t on t.id = et.tag_id where t.slug = 'rust') order by 1
-- holds_with_nulls
select a.id, false from blog_author a where not exists (select 1 from blog_entry e where e.author_id = a.id and e.rating = 5) order by a.id
-- as_value
select a.id, exists (select 1 from blog_book b where b.author_id = a.id), not exists (select 1 from blog_entry e where e.author_id = a.id and e.rating < 0) from blog_author a order by a.id
-- deep
select distinct a.company_id from blog_author a join blog_entry e on e.author_id = a.id join blog_comment c on c.entry_id = e.id where a.company_id is not null order by 1
