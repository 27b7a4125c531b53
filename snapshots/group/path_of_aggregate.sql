-- last_of_each
select g.r, e.title, a.name, (select count(*) from blog_comment c where c.entry_id = e.id) from (select rating as r, max(id) as id from blog_entry where rating is not null group by rating) g join blog_entry e on e.id = g.id join blog_author a on a.id = e.author_id order by g.r
-- whose_last_is_drafted
select g.author_id, e.id, g.n from (select author_id, max(id) as id, count(*) as n from blog_entry group by author_id) g join blog_entry e on e.id = g.id where e.status = 'draft' order by g.author_id
-- last_of_all
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id where e.id = (select max(id) from blog_entry)
-- beside_the_last
select e.id, l.title, l.author_id from blog_entry e join (select author_id, max(id) as id from blog_entry where id <= 40 group by author_id) g on g.author_id = e.author_id join blog_entry l on l.id = g.id where e.id <= 40 order by l.title, e.id
-- groups_by_the_last
select e.id, e.title, g.n from (select author_id, max(id) as id, count(*) as n from blog_entry group by author_id) g join blog_entry e on e.id = g.id order by e.id
