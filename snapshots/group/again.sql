-- twice
select author_id, count(*), max(n) from (select author_id, status, count(*) as n from blog_entry group by 1, 2) t group by author_id order by author_id
-- total_of_groups
select count(*), sum(n), max(n) from (select count(*) as n from blog_comment group by entry_id) t
