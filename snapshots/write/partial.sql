-- edit
update blog_entry set title = 'New', body = 'n', rating = 7 where id = 3
-- edit 2
update blog_entry set title = 'New' where id = 3
-- edit 3
update blog_entry set rating = null where id = 3
-- edit 4
update blog_entry set title = title where id = 3
-- edit 5
update blog_entry set title = title where id = -1
-- with_always
update blog_entry e set word_count = word_count + 1, body = (select name from blog_author a where a.id = e.author_id) where status = 'draft'
-- with_always 2
update blog_entry e set word_count = word_count + 1, rating = 3 where status = 'published' and rating >= 3
-- by_path
update blog_entry set title = title where author_id in (select a.id from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Boston')
-- by_path 2
update blog_entry e set title = 'x', body = coalesce((select name from blog_author a where a.id = e.editor_id), 'none') where author_id in (select a.id from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Boston')
-- to_nothing
update blog_entry e set editor_id = null, rating = null, body = (select name from blog_author a where a.id = e.author_id) where author_id in (select a.id from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Boston')
-- to_nothing 2
update blog_entry e set body = (select name from blog_author a where a.id = e.author_id) where author_id in (select a.id from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Boston')
-- upsert
update blog_tag set name = name where slug = 'rust'
-- upsert 2
update blog_tag set name = 'New' where slug = 'rust'
-- upsert 3
insert into blog_tag (slug, name) values ('new-1', 'first')
-- entries
select id, title, slug, body, status, rating, score, word_count, pub_date, author_id, editor_id from blog_entry order by id
-- tags
select slug, name from blog_tag order by slug
