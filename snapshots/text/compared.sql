-- equal
select id from blog_author where name collate "C" = 'Émile' order by id
-- grouped
select lower(name), count(*) from blog_author group by 1 having count(*) > 1 order by lower(name) collate "C"
-- least
select min(name collate "C"), max(name collate "C"), count(distinct name) from blog_author
-- trailing_space
select id from blog_entry where false
