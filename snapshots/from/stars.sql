-- star
select id, slug, name from blog_tag order by id
-- star_of_one
select e.title, c.id, c.entry_id, c.author_name, c.text, c.created, c.parent_id
from blog_entry e join blog_comment c on c.entry_id = e.id order by c.id limit 7
-- star_without
select id, title, status, rating, word_count, pub_date, author_id, editor_id from blog_entry order by id limit 8
-- star_with_prefix
select e.id, a.id, a.name, a.email, a.company_id, a.joined from blog_entry e join blog_author a on a.id = e.author_id order by e.id limit 8
