-- rated
select id, exists (select 1 from blog_entry where author_id = a.id and rating > 3) from blog_author a order by 1
-- negated
select id, not exists (select 1 from blog_entry where editor_id = a.id and rating < 0 and status <> 'draft') from blog_author a order by 1
-- by_index
select id, exists (select 1 from blog_entry where author_id = a.id) from blog_author a order by 1
-- filtered
select id, exists (select 1 from blog_entry where author_id = a.id and rating > 3) from blog_author a where company_id = 1 order by 1
-- beside_counts
select id, (select count(*) from blog_book b where b.author_id = a.id), exists (select 1 from blog_entry e join blog_comment c on c.entry_id = e.id where e.author_id = a.id and author_name like '%a%') from blog_author a order by 1
-- of_more
select id, exists (select 1 from blog_entry where author_id = a.id and word_count > a.id * 10) from blog_author a order by 1
-- in_conditions
select id from blog_author a where exists (select 1 from blog_entry where author_id = a.id and rating > 3) and not exists (select 1 from blog_entry where editor_id = a.id and word_count > 300) order by 1
-- in_a_page
select distinct author_id from blog_entry where rating > 3 order by 1 limit 3
