-- unions
select a.id, (select json_agg(json_build_object('title', g.title, 'id', g.id) order by g.title collate "C", g.id) from
  (select title, id from blog_entry where author_id = a.id union all select title, id from blog_book where author_id = a.id) g)
from blog_author a where a.id < 12 order by a.id
-- three_kinds
select a.id, (select json_agg(json_build_object('title', g.title, 'id', g.id) order by g.title collate "C", g.id) from
  ((select title, id from blog_entry where author_id = a.id and rating > 2 union select title, id from blog_book where author_id = a.id)
    except select title, id from blog_entry where author_id = a.id and rating > 4) g)
from blog_author a where a.id < 30 order by a.id
