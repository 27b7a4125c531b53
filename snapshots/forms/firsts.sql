-- newest
select id, (select title from blog_entry where author_id = a.id order by pub_date desc nulls last, id desc limit 1), (select rating from blog_entry where author_id = a.id and rating is not null order by word_count, id limit 1) from blog_author a order by 1
-- inside
select id, coalesce(length((select b.name from blog_entry e join blog_author b on b.id = e.author_id where e.editor_id = a.id order by title collate "C", e.id limit 1)), 0) from blog_author a order by 1
-- filtered
select id, (select title from blog_entry where author_id = a.id order by word_count desc, id limit 1) from blog_author a where company_id = 1 order by 1
-- beside_counts
select id, (select count(*) from blog_entry where author_id = a.id), (select title from blog_book where author_id = a.id order by price desc, id limit 1) from blog_author a order by 1
