-- declared
select id, 1 from blog_author where name in (select name from blog_author group by name having count(*) > 1) order by id
