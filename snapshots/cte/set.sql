-- people
select name from (select name from blog_author union select author_name from blog_comment) t where name ilike '%an%' order by name collate "C"
