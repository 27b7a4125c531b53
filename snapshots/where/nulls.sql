-- not_greater
select id from blog_entry where rating <= 3 order by id
-- unequal
select id from blog_entry where rating <> 3 order by id
-- missing
select id from blog_entry where rating is null order by id
-- given
select id from blog_entry where rating is not null and editor_id is not null order by id
-- is_not_true
select id from blog_entry where rating <= 3 or rating is null order by id
-- is_false
select id, false from blog_entry where rating <= 3 order by id
-- distinct_from
select id, rating is null from blog_entry where rating <> 3 or rating is null order by id
