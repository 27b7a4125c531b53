-- running
select id, sum(word_count) over w, count(*) over w, count(rating) over w, (avg(rating) over w)::float8, round(avg(score) over w, 10), sum(score) over w, min(pub_date) over w, max(title collate "C") over w from blog_entry window w as (partition by author_id order by id) order by id
-- whole
select id, round(word_count * 100.0 / sum(word_count) over (), 10), count(*) filter (where status = 'published') over p, sum(rating) filter (where rating > 0) over p, coalesce(bool_and(rating > 0) over p, true), coalesce(bool_or(rating > 4) over p, false), (select count(distinct rating) from blog_entry f where f.author_id = e.author_id), (select count(distinct author_id) from blog_entry) from blog_entry e window p as (partition by author_id) order by id
-- over_groups
select author_id, count(*), (select count(*) from blog_entry), rank() over (order by count(*) desc, max(rating) desc nulls last), lag(count(*)) over (order by author_id) from blog_entry group by author_id order by author_id
-- by_status
select status, sum(word_count), sum(sum(word_count)) over (order by status collate "C") from blog_entry group by status order by status collate "C"
