-- left_out
insert into blog_tag (slug, name) values ('new-1', 'One')
-- one_left_out
insert into blog_tag (slug, name) select 'rust', 'Other' where false
-- merged
update blog_tag set name = 'Rust, new' where slug = 'rust'
-- fresh
insert into blog_tag (slug, name) values ('new-1', 'One')
-- several
insert into blog_tag (slug, name) values ('rust', 'One'), ('new-1', 'Two'), ('python', 'Python')
on conflict (slug) do update set name = excluded.name || ' was ' || blog_tag.name
-- of_a_query
update blog_tag set name = left(name || ' again ' || slug, 50) where id < 4
-- of_a_filtered_source
insert into blog_tag (slug, name) select 'new-' || slug, name from blog_tag where id > 6
-- of_a_join
insert into blog_tag (slug, name) select t.slug || e.slug, e.slug from blog_tag t join blog_entry_tags l on l.tag_id = t.id join blog_entry e on e.id = l.entry_id where e.id < 20
-- two_from_each_other
update blog_entry set title = body, body = 'x' || slug, word_count = word_count + 1 where word_count > 0
-- without_a_value
update blog_entry set title = 'x', rating = null, editor_id = null where id < 10
-- tags
select slug, name from blog_tag order by slug
-- entries
select id, title, slug, body, status, word_count from blog_entry order by id
