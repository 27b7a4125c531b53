-- many
select author_id from blog_entry group by 1 having count(*) >= 2 order by 1
-- many_counted
select a.id, (select count(*) from blog_entry where author_id = a.id) from blog_author a where (select count(*) from blog_entry where author_id = a.id) > 1 and (select sum(word_count) from blog_entry where author_id = a.id) > 100 and (select max(price) from blog_book where author_id = a.id) > 10 order by 1
-- one_of_them
select name from blog_author a where (select count(*) from blog_entry where author_id = a.id) = 1 or (select max(rating) from blog_entry where author_id = a.id) >= 4 order by a.id
-- few
select id from blog_author a where (select count(*) from blog_entry where author_id = a.id) < 3 and ((select sum(price) from blog_book where author_id = a.id) is null or (select count(*) from blog_book where author_id = a.id) <> 2) and coalesce((select bool_and(word_count > 10) from blog_entry where author_id = a.id), true) order by 1
-- none
select id from blog_author a where not exists (select 1 from blog_book where author_id = a.id) order by 1
-- of_both
select id, (select count(*) from blog_book where author_id = a.id) from blog_author a where (select count(*) from blog_entry where author_id = a.id) > 1 and (select count(*) from blog_entry where author_id = a.id) > (select count(*) from blog_book where author_id = a.id) order by 1
-- of_editors
select id from blog_author a where exists (select 1 from blog_entry where editor_id = a.id and status = 'published') and (select avg(rating) from blog_entry where author_id = a.id) > 0.5 order by 1
-- along_a_key_that_may_be_null
select id from blog_author a where (select count(*) from blog_author b where b.company_id = a.company_id) > 1 order by 1
