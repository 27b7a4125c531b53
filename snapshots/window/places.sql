-- filtered
select * from (select id, author_id, row_number() over (partition by author_id order by rating desc nulls last, id) as place from blog_entry) t where place <= 2 order by author_id, place
-- filtered_directly
select author_id, t.id, a.name from (select *, rank() over (partition by author_id order by rating desc nulls last) as r from blog_entry) t join blog_author a on a.id = author_id where r = 1 order by author_id, t.id
-- before_and_after
select id, share from (select id, word_count, row_number() over (order by id) as share from blog_entry where status = 'published') t where word_count > 50 and share % 2 = 0 order by id
-- ordered_by_window
select id, author_id from blog_entry e where id < 30 order by (select count(*) from blog_entry f where f.id < 30 and f.author_id = e.author_id and f.id <= e.id), author_id
-- ordered_then_filtered
select id, author_id from (select *, row_number() over (partition by author_id order by id) as n from blog_entry where id < 30) t where rating > 0 order by n desc, id
-- grouped_by_window
select q, count(*), min(word_count) from (select word_count, ntile(4) over (order by word_count, id) as q from blog_entry) t group by q order by q
-- aggregated
select max(c), count(*) from (select count(*) as c from blog_entry group by author_id) t
-- window_of_window
select id, word_count - lag(word_count) over (order by id), word_count - first_value(word_count) over (order by id) + case when row_number() over (order by id) = 1 then null else 0 end from blog_entry order by id
-- in_case
select id, case when row_number() over (order by id) % 2 = 0 then 'even' else 'odd' end, rating - coalesce(avg(rating) over (partition by author_id), 0)::float8 from blog_entry order by id
-- after_limit
select id, 5 from blog_entry order by id limit 5
-- limited_after
select id, (select count(*) from blog_entry) from blog_entry order by id limit 3
-- distinct_windows
select rating, min(r) from (select rating, rank() over (order by rating nulls last) as r from blog_entry) t group by rating order by 2
-- after_distinct
select rating from (select distinct rating from blog_entry) t order by rating nulls last limit 3
-- joined_after
select e.id, n, c.id from (select id, row_number() over (order by id) as n from blog_entry) e join blog_comment c on c.entry_id = e.id where n < 20 order by n, c.id
-- path_after
select n, a.name, (select count(*) from blog_comment c where c.entry_id = e.id) from (select *, row_number() over (order by id) as n from blog_entry) e join blog_author a on a.id = e.author_id where n <= 10 order by n
-- in_subquery
select name, (select title from blog_entry e where e.author_id = a.id order by id desc offset 1 limit 1), (select count(*) from (select rating from blog_entry e where e.author_id = a.id order by word_count desc, id limit 3) t where rating > 0) from blog_author a order by id
-- used_in_subquery
select name, n, (select count(*) from blog_entry e where e.author_id = a.id and e.rating = n) from (select *, row_number() over (order by id) as n from blog_author) a order by n
-- from_derived
select a.name, e.id from blog_entry e join blog_author a on a.id = e.author_id where not exists (select from blog_entry f where f.author_id = e.author_id and f.word_count > e.word_count) order by e.id
-- set_operation
select * from (select id, 5 - id as n from blog_entry where id < 5 union all select id, rank() over (order by name collate "C") from blog_author where id < 3) t order by n, id
-- exists_windowed
select author_id from blog_entry group by author_id having count(*) >= 3 order by author_id
-- computed
select id, 1 from (select id, row_number() over (partition by author_id order by word_count desc, id) as n from blog_entry) t where n = 1 order by id
