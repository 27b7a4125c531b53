-- of_all
select count(*), count(rating), sum(word_count), avg(rating)::float8, min(pub_date), max(pub_date) from blog_entry
-- of_nothing
select 0, null::bigint, null::float8, null::text, true, false
