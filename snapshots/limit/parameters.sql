-- page
select id from blog_entry order by id limit 3
-- page 2
select id from blog_entry where id > 148 order by id
