-- new_key
insert into blog_tag (slug, name) values ('new-1', 'One') returning id
-- new_rows
insert into blog_tag (slug, name) values ('new-1', 'One'), ('new-2', 'Two') returning id, slug, name || '!'
-- changed_rows
update blog_tag set name = slug where id < 4 returning slug, name, length(name)
-- changed_by_path
update blog_entry e set title = a.name from blog_author a where a.id = e.author_id and a.name like 'A%' returning e.slug, e.title
-- deleted_rows
delete from blog_entry_tags where entry_id = 3 returning entry_id, tag_id
-- deleted_by_path
delete from blog_entry_tags where tag_id = (select id from blog_tag where slug = 'rust') returning entry_id, tag_id
-- tags
select slug, name from blog_tag order by slug
-- links
select entry_id, tag_id from blog_entry_tags order by entry_id, tag_id
