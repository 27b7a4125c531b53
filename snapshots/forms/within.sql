-- tags
select a.id, count(t.id), min(t.slug collate "C"), count(distinct t.id) from blog_author a left join blog_entry e on e.author_id = a.id left join blog_entry_tags l on l.entry_id = e.id left join blog_tag t on t.id = l.tag_id where company_id = 1 group by a.id order by 1
-- conditions
select a.id, (select max(created) from blog_entry e join blog_comment c on c.entry_id = e.id where e.author_id = a.id), (select count(*) from blog_entry e join blog_entry_tags l on l.entry_id = e.id join blog_tag t on t.id = l.tag_id where e.author_id = a.id and t.slug like '%a%') from blog_author a join blog_company k on k.id = a.company_id where k.id in (1, 2) and a.name <> 'Nobody' and k.city <> 'Nowhere' order by 1
-- paged
select a.id, (select count(*) from blog_entry e join blog_entry_tags l on l.entry_id = e.id where e.author_id = a.id) from blog_author a where company_id = 1 order by 1 limit 2
