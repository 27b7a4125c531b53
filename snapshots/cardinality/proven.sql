-- by_key
select id, title from blog_entry where id = 7
-- by_key 2
select id, title from blog_entry where false
-- by_unique
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id where slug = 'entry-9'
-- by_limit
select 1
-- by_total
select 150
