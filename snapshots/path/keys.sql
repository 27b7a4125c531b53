-- compare_relations
select id from blog_entry where editor_id = author_id order by id
-- by_model
select id, author_id from blog_entry where author_id = 5 order by id
-- in_relations
select id from blog_author where id in (select author_id from blog_book) order by id
