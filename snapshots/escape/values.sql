-- value
select id, slug, 6 from blog_entry where id <= 3 order by id
-- condition
select id from blog_entry where rating between 2 and 3 and id < 100 order by id
-- by_dialect
select id, name || '{p}' from blog_author where id <= 3 order by id
-- rows
select id, rating, title from blog_entry where rating >= 4 order by id
-- nullable
select id, coalesce(nullif(rating, 5), 0) from blog_entry where id <= 5 order by id
