-- rows
select id, sum(word_count) over (order by id rows between 2 preceding and 1 following), sum(word_count) over (order by id rows 3 preceding), count(*) over (order by id rows between 1 following and 3 following), max(rating) over (partition by author_id order by id rows between unbounded preceding and 1 preceding) from blog_entry order by id
-- range_of_numbers
select id, count(*) over (order by rating nulls last range between 1 preceding and 1 following), count(*) over (order by rating desc nulls last range between 2 preceding and current row), count(*) over (order by rating nulls last range between current row and unbounded following) from blog_entry order by id
-- range_of_decimals
select id, count(*) over (order by score range between 0.1 preceding and 0.1 following) from blog_entry where score is not null order by id
-- range_of_times
select id, count(*) over (order by pub_date nulls last range between interval '30 days' preceding and current row), count(*) over (order by (pub_date at time zone 'UTC')::date nulls last range between interval '1 day' preceding and interval '1 day' following) from blog_entry order by id
-- groups
select id, count(*) over (order by rating nulls last groups between 1 preceding and 1 following), sum(word_count) over (partition by status order by rating nulls last groups between 1 preceding and current row), count(*) over (order by rating nulls last groups between current row and unbounded following) from blog_entry order by id
