-- page
select id from blog_entry order by id limit 5 offset 10
-- page_other_way
select id from blog_entry order by id limit 5 offset 10
-- rest
select id from blog_entry where id > 145 order by id
-- none
select id from blog_entry where false
-- limit_twice
select id from blog_entry where id in (16, 17, 18) order by id
