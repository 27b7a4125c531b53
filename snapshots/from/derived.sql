-- derived
select title, rating from blog_entry where rating > 3 and id < 60 order by id
-- derived_groups
select n, count(*) from (select count(*) as n from blog_entry group by author_id) t group by n order by n
