-- busy
select author_id, count(*) from blog_entry group by author_id having count(*) >= 6 order by author_id
-- busy_by_name
select author_id, count(*), avg(word_count)::float8 from blog_entry where status = 'published'
group by author_id having count(*) >= 3 and avg(word_count) > 100 order by author_id
