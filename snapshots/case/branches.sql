-- searched
select id, case when rating is null then 'unrated' when rating >= 4 then 'great' when rating < 0 then 'bad' else 'fine' end from blog_entry order by id
-- simple
select id, case status when 'draft' then 0 when 'published' then 1 end from blog_entry order by id
-- numbers_unified
select id, case when rating is null then score when rating > 0 then rating else 0 end from blog_entry order by id
-- in_aggregate
select sum(word_count) filter (where status = 'published') from blog_entry
-- in_group
select size, count(*) from (select case when word_count = 0 then 'empty' when word_count < 100 then 'short' else 'long' end as size from blog_entry) t group by size order by size collate "C"
