-- same_name
select a.id, b.id, a.name from blog_author a join blog_author b on b.name = a.name and b.id > a.id order by 1, 2
-- answers
select c.id, r.id, r.author_name = c.author_name from blog_comment c join blog_comment r on r.parent_id = c.id order by r.id
-- same_day
select e.id, f.id from blog_entry e join blog_entry f on f.pub_date::date = e.pub_date::date and f.id > e.id and f.author_id = e.author_id order by 1, 2
