-- left_to_many
select a.id, b.title from blog_author a left join blog_book b on b.author_id = a.id order by a.id, b.id nulls last
-- left_on
select a.id, b.price from blog_author a left join blog_book b on b.author_id = a.id and b.price > 10 order by a.id, b.id nulls last
-- without_match
select id, name from blog_author a where not exists (select 1 from blog_entry e where e.author_id = a.id) order by id
-- left_many_to_many
select t.slug, (select count(*) from blog_entry_tags et join blog_entry e on e.id = et.entry_id where et.tag_id = t.id and e.rating = 5) from blog_tag t order by t.id
-- left_free
select c.id, a.id from blog_company c left join blog_author a on a.company_id = c.id and a.joined < '2020-01-01' order by 1, 2 nulls last
-- left_by_steps
select a.id, c.id from blog_author a left join blog_entry e on e.author_id = a.id left join blog_comment c on c.entry_id = e.id and c.author_name = 'Ben'
where a.id between 30 and 40 order by a.id, c.id nulls last
