-- nested_right
(select id from blog_author where id < 6) union (select author_id from blog_book where id < 20 except select author_id from blog_entry where id < 20) order by 1
-- left_to_right
((select id from blog_author union select id from blog_company) intersect select author_id from blog_entry where rating > 3) except select author_id from blog_book order by 1
-- grouped_by_parentheses
select id from blog_author where id < 4 union all (select id from blog_company intersect select id from blog_author where id < 3) order by 1
-- pages_on_both_sides
(select id, word_count from blog_entry order by word_count desc, id limit 3 offset 1) union all (select id, word_count from blog_entry order by word_count, id limit 2 offset 1) order by word_count, id limit 4 offset 1
-- counted_rows
(select rating from blog_entry except all select rating from blog_entry where id < 60) intersect all select rating from blog_entry where word_count > 20 order by rating
-- counted_pages
(select author_id from blog_entry order by id limit 30) except all (select author_id from blog_entry order by id desc limit 90) order by 1
-- in_a_subquery
select distinct author_id from blog_entry where rating = 5 and author_id not in (select author_id from blog_book) order by 1
-- with_ctes_inside
select name from (select name from blog_author where id < 3 union select title from blog_entry where word_count > 500) t order by name collate "C"
-- first_per_author
select id from (select min(id) as id from blog_entry group by author_id union select max(id) from blog_entry group by author_id) t order by id
