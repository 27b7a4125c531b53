-- ascending
select id, rating from blog_entry order by rating nulls last, id
-- descending
select id, rating from blog_entry order by rating desc nulls last, id
-- nulls_first
select id, rating from blog_entry order by rating nulls first, id
-- descending_nulls_first
select id, rating from blog_entry order by rating desc nulls first, id desc
