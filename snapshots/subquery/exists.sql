-- correlated
select id, name from blog_author where name in (select name from blog_author group by name having count(*) > 1) order by id
-- not_correlated
select slug from blog_tag order by id
