-- in_list
select id from blog_entry where rating = 1 or rating = 2 or rating = 5 order by id
-- in_brackets
select id from blog_entry where status <> 'published' order by id
-- not_in_list
select id from blog_entry where rating not in (1, 2, 5) order by id
-- in_nothing
select id from blog_entry where false
-- rows_in_list
select id, status, rating from blog_entry where status = 'draft' and rating = 1 or status = 'published' and rating = 5 order by id
