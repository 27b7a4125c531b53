-- right_free
select a.id, b.id from blog_author a left join blog_book b on b.author_id = a.id where a.id <= 10 order by 1, 2 nulls last
-- right_relation
select a.id, e.id from blog_author a left join blog_entry e on e.editor_id = a.id and e.rating > 0 order by 1, 2 nulls last
