-- through_where
select id, title from blog_entry where word_count > 100 order by rating desc nulls last, id limit 10
-- through_page
select id, rating from (select * from blog_entry order by rating desc nulls last, id limit 12) t where word_count > 50 order by rating desc nulls last, id
