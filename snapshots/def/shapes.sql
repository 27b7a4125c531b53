-- cards
select a.name, (select json_agg(json_build_object('id', e.id, 'title', e.title, 'author', json_build_object('name', a.name)) order by e.id) from blog_entry e where e.author_id = a.id)
from blog_author a where a.id <= 5 order by a.id
-- spread
select b.title, json_build_object('name', a.name, 'email', a.email, 'joined', a.joined) from blog_book b join blog_author a on a.id = b.author_id where b.id <= 4 order by b.id
