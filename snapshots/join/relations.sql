-- to_many
select a.name, e.title from blog_author a join blog_entry e on e.author_id = a.id order by e.id
-- to_many_on
select a.id, e.id, e.rating from blog_author a join blog_entry e on e.author_id = a.id and e.rating > 3 order by e.id
-- to_one
select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id order by e.id limit 12
-- to_nullable_one
select e.id, a.name from blog_entry e join blog_author a on a.id = e.editor_id order by e.id
-- by_steps
select e.author_id, c.id from blog_entry e join blog_comment c on c.entry_id = e.id where e.author_id < 4 order by c.id
-- of_many_to_many
select et.entry_id, t.name from blog_entry_tags et join blog_tag t on t.id = et.tag_id where t.slug = 'rust' order by 1
-- of_reverse_many_to_many
select t.slug, e.id from blog_tag t join blog_entry_tags et on et.tag_id = t.id join blog_entry e on e.id = et.entry_id where e.rating = 5 order by t.slug collate "C", e.id
