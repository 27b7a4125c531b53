-- required
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id order by e.id limit 10
-- nullable
select e.id, a.name, c.city from blog_entry e left join blog_author a on a.id = e.editor_id left join blog_company c on c.id = a.company_id order by e.id limit 15
-- used_often
select a.name, c.name, c.city from blog_entry e join blog_author a on a.id = e.author_id join blog_company c on c.id = a.company_id
where a.name <> 'Bob' order by a.name collate "C", e.id limit 20
-- key_alone
select id, author_id, author_id, author_id from blog_entry where author_id < 5 order by id
-- two_ways
select e.id, a.name, d.name from blog_entry e join blog_author a on a.id = e.author_id join blog_author d on d.id = e.editor_id
where d.name collate "C" < a.name collate "C" order by e.id
-- null_rejected
select a.name from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Köln' order by a.id
-- null_kept
select a.id, c.city from blog_author a left join blog_company c on c.id = a.company_id where c.city is null or c.city = 'Perth' order by a.id
-- to_itself
select c.id, p.author_name, g.author_name from blog_comment c join blog_comment p on p.id = c.parent_id join blog_comment g on g.id = p.parent_id order by c.id
