-- upsert
insert into blog_tag (slug, name) values ('rust', 'Rust!'), ('new-1', 'it''s'), ('new-2', 'Größe')
on conflict (slug) do update set name = excluded.name
-- upsert 2
update blog_tag set name = name where false
-- insert_entries
insert into blog_entry (title, slug, body, status, word_count, author_id, score, rating, pub_date)
values ('new-1', 'new-1', '', 'draft', 0, 3, 1.25, null, '2024-02-29 00:00:00+00'), ('new-2', 'new-2', '', 'draft', 0, 4, null, 5, null)
-- update_entries
update blog_entry set rating = case id when 3 then 9 end where id in (3, 4)
-- tags
select slug, name from blog_tag order by slug
-- entries
select slug, title, status, rating, score, pub_date, author_id from blog_entry order by slug
