-- united
select name from (select name from blog_author union select author_name from blog_comment) t order by name collate "C"
-- united_all
select (select count(*) from blog_author) + (select count(*) from blog_comment)
-- common
select distinct author_id from blog_entry where rating = 5 and author_id in (select author_id from blog_book) order by 1
-- without
select id from blog_author where id not in (select author_id from blog_entry) order by 1
-- three
(select author_id from blog_entry where status = 'draft' union select author_id from blog_book) except select author_id from blog_entry where status = 'archived' order by 1
-- limited_sides
select id from blog_entry where id < 4 or id > 147 order by id
-- types_unified
select rating::numeric from blog_entry where id < 4 union all select price from blog_book where id < 4 union all select id from blog_entry where id < 4
-- then_filtered
select name from (select name from blog_author where id < 4 union all select name from blog_company where id < 4) t order by name collate "C"
