-- ranks
select id, row_number() over (partition by author_id order by rating nulls last, id), rank() over w, dense_rank() over w, percent_rank() over w, cume_dist() over w from blog_entry window w as (partition by author_id order by rating nulls last) order by id
-- descending
select id, rank() over (order by rating desc nulls last), rank() over (order by rating desc nulls first) from blog_entry order by id
-- tiles
select id, ntile(4) over (order by id), ntile(20) over (order by id desc) from blog_entry where id < 12 order by id
-- neighbours
select id, rating, lag(rating) over w, lag(rating, 2, -100) over w, lead(title) over w, lead(rating, 1, word_count) over w, lag(status, 1, 'draft') over w, rating from blog_entry window w as (partition by author_id order by id) order by id
-- ends
select e.id, (select f.rating from blog_entry f where f.author_id = e.author_id order by f.id limit 1), e.title, (select f.rating from blog_entry f where f.author_id = e.author_id order by f.id desc limit 1), (select f.rating from blog_entry f where f.author_id = e.author_id and f.id <= e.id order by f.id offset 1 limit 1), (select f.id from blog_entry f where f.author_id = e.author_id order by f.id offset 1 limit 1) from blog_entry e order by e.id
