-- newest_of_each
select a.id, e.id from blog_author a, lateral (select id, pub_date from blog_entry where author_id = a.id order by pub_date desc nulls last, id limit 2) e
where a.id < 10 order by a.id, e.pub_date desc nulls last, e.id
