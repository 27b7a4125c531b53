-- in_pipeline
select distinct author_id from blog_entry where rating = 5 order by 1
-- not_in_pipeline
select id from blog_author a where not exists (select 1 from blog_entry e where e.author_id = a.id and rating = 5) order by 1
-- not_in_with_null
select id from blog_author where false
-- in_limited
select id from (select id from blog_entry order by rating desc nulls last, id limit 5) t order by id
-- rows_in_pipeline
select id from (select id, rating, max(rating) over (partition by author_id) as best from blog_entry) t where rating = best order by id
