-- of_one
select distinct status from blog_entry order by status
-- of_two
select distinct rating, word_count from blog_entry order by rating nulls last, word_count
-- of_path
select distinct c.name collate "C" from blog_entry e join blog_author a on a.id = e.author_id left join blog_company c on c.id = a.company_id order by 1 nulls last
-- counted
select count(*) from (select distinct rating from blog_entry) t
-- named_like_a_column
select town from (select distinct lower(c.city) collate "C" as town from blog_entry e join blog_author a on a.id = e.author_id left join blog_company c on c.id = a.company_id) t order by town desc nulls last
