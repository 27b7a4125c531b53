-- of_view
select a.id, a.name, count(*) from blog_author a join blog_entry e on e.author_id = a.id group by a.id order by a.id
-- of_view_of_view
select a.name, count(*) from blog_author a join blog_entry e on e.author_id = a.id group by a.id having count(*) > 5 order by 2 desc, a.id
-- joined_view
select b.title, (select count(*) from blog_entry e where e.author_id = b.author_id) from blog_book b where exists (select 1 from blog_entry e where e.author_id = b.author_id) order by b.id
