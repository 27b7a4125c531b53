-- path
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id order by a.name collate "C", e.id
-- path_that_may_miss
select e.id, a.name from blog_entry e left join blog_author a on a.id = e.editor_id order by e.id
-- written
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id where a.id > 1 order by e.id
-- one_of_two
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id order by e.id
-- beside_an_outer_join
select a.id, e.id from blog_author a left join blog_entry e on e.author_id = a.id order by a.id, e.id nulls last
