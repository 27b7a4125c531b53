-- sources_stay
select title from blog_entry where rating = 5 order by id
-- key_by_both_names
select status, count(*) from blog_entry where status <> 'draft' group by status order by status collate "C"
-- selected_name_first
select id, -word_count from blog_entry order by 2, 1 limit 10
-- outer_by_alias
select distinct author_id from blog_entry where rating = 5 order by 1
-- case_of_keywords
select slug from blog_tag where slug in ('sql', 'rust') order by slug desc
