-- by_expression
select id from blog_entry order by abs(rating - 1) nulls last, id
-- by_name
select id, word_count * 2 from blog_entry order by 2 desc, id desc limit 9
-- by_hidden_path
select b.title from blog_book b join blog_author a on a.id = b.author_id order by a.joined, b.id
-- replaced
select id from blog_entry order by id desc limit 5
-- by_aggregate
select status from blog_entry group by status order by count(*) desc, status
-- by_text
select id, name from blog_author order by name collate "C", id
-- by_case
select id, status from blog_entry order by (status <> 'published')::int + (status not in ('published', 'draft'))::int, id limit 100 offset 80
