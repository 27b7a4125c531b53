-- fields
select id, status || ':' || slug, status || ':' || slug || ' (long)' from blog_entry where word_count > 300 order by id
-- through_path
select b.title, (select count(*) from blog_entry e where e.author_id = b.author_id) from blog_book b where (select count(*) from blog_entry e where e.author_id = b.author_id) > 4 order by b.id
-- by_relation
select c.id from blog_comment c join blog_comment p on p.id = c.parent_id where p.parent_id is null order by c.id
