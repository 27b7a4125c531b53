-- both
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id order by e.id
-- both_named
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id order by e.id
