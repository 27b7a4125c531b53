-- newest
select id, author_id, pub_date from (select e.*, row_number() over (partition by author_id order by pub_date desc nulls last, e.id) as n from blog_entry e join blog_author a on a.id = e.author_id where a.name = 'Grace Hopper' and status <> 'draft') t where n <= 2 order by pub_date desc nulls last, id
-- from_the_parents
select name, title, word_count from (select a.name, e.*, row_number() over (partition by a.id order by word_count desc, e.id) as n from blog_author a join blog_entry e on e.author_id = a.id where a.company_id = 1) t where n <= 2 order by word_count desc, id
-- of_a_path
select id, title, name from (select c.id, e.title, a.name, c.created, row_number() over (partition by e.id order by c.created desc, c.id) as n from blog_comment c join blog_entry e on e.id = c.entry_id join blog_author a on a.id = e.author_id join blog_company k on k.id = a.company_id where k.city in ('Zürich', 'London', 'Lyon', 'Berlin', 'Paris', 'Wien')) t where n = 1 order by created desc, id
-- again
select e.id, a.name, (select name from blog_author where id = e.editor_id), (select count(*) from blog_book b where b.author_id = a.id) from blog_entry e join blog_author a on a.id = e.author_id where company_id = 1 and e.id = (select max(id) from blog_entry f where f.author_id = a.id) and e.word_count > 0 order by e.id desc
-- may_miss
select min(id), editor_id from blog_entry where editor_id in (select id from blog_author where company_id = 1) group by editor_id order by 1
-- with_none
select a.id, (select min(id) from blog_entry e where e.editor_id = a.id) from blog_author a where company_id = 1 order by 2 nulls last, 1
-- inside
select a.id, a.name from blog_author a where company_id = 1 and (select rating from blog_entry e where e.author_id = a.id order by word_count desc, id limit 1) > 0 order by 1
-- numbered
select id, n from (select e.id, row_number() over (partition by author_id order by e.id) as n from blog_entry e where author_id in (select id from blog_author where company_id = 1)) t where n <= 2 order by 1
-- joined
select c.name, t.id, t.title from blog_company c join (select e.*, row_number() over (partition by author_id order by e.id desc) as n from blog_entry e join blog_author a on a.id = e.author_id where a.company_id = 1) t on c.id = 1 where n <= 2 order by t.id
