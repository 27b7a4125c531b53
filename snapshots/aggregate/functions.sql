-- filtered
select status, count(*), count(*) filter (where rating > 0), sum(word_count) filter (where rating > 0), max(pub_date) filter (where word_count > 100)
from blog_entry group by status order by status collate "C"
-- distinct_values
select status, count(distinct rating), sum(distinct word_count), count(distinct author_id) from blog_entry group by status order by status collate "C"
-- distinct_pairs
select count(*) from (select distinct rating, status from blog_entry where rating is not null) t
-- truths
select status, bool_and(word_count >= 0), bool_or(rating = 5) from blog_entry group by status order by status collate "C"
-- texts
select status, string_agg(slug, ', ' order by id) from blog_entry where rating = 5 group by status order by status collate "C"
-- spread
select status, stddev_pop(rating)::float8, var_pop(word_count)::float8, stddev_samp(rating)::float8, var_samp(word_count)::float8 from blog_entry where rating is not null group by status order by status collate "C"
-- bits
select status, bit_and(word_count), bit_or(word_count) from blog_entry group by status order by status collate "C"
-- averages
select status, avg(rating)::float8, round(avg(score), 10), sum(rating), sum(score) from blog_entry group by status order by status collate "C"
-- of_expressions
select status, sum(word_count * 2), max(word_count) - min(word_count), count(*) * 100 / sum(word_count)::float8 from blog_entry group by status order by status collate "C"
