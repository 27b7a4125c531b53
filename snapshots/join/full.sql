-- full_free
select a.id, b.id, b.title from (select * from blog_author where id < 8) a full join (select * from blog_book where id < 9) b on b.author_id = a.id order by 1, 2
-- full_on_values
select e.id, f.id from (select * from blog_entry where id < 40) e full join (select * from blog_entry where id > 130) f on f.rating = e.rating and f.id = e.id + 110 order by 1, 2
