-- one_row
insert into blog_entry (title, slug, body, status, word_count, author_id, pub_date, score)
values ('It''s new', 'new-1', 'body', 'draft', 0, 1, '2024-05-01 10:00:00.5+00', 1.235)
-- several
insert into blog_entry (title, slug, body, status, word_count, author_id, editor_id, rating)
values ('A', 'new-1', '', 'archived', 0, 1, null, 3), ('B', 'new-2', 'b', 'draft', 7, 2, 1, null)
-- by_parameters
insert into blog_entry (title, slug, body, status, word_count, author_id, score, pub_date)
values ('Größe', 'new-größe', 'Größe Größe', 'draft', 5, 3, 2.5, '2024-02-29 00:00:00+00')
-- by_parameters 2
insert into blog_entry (title, slug, body, status, word_count, author_id)
values ('Größe', 'new-größe', 'Größe Größe', 'draft', 5, 3)
-- from_subqueries
insert into blog_entry (title, slug, body, status, word_count, author_id, rating)
select (select name from blog_author where id = 1), 'new-1', '', 'draft', 0, (select max(id) from blog_author), (select max(rating) from blog_entry)
-- of_others
insert into blog_entry (title, slug, body, status, word_count, author_id, editor_id, pub_date, score, rating)
select e.title || ' (copy)', 'new-' || e.slug, a.name, 'draft', 0, a.id, a.id, e.pub_date, e.score, e.rating
from blog_entry e join blog_author a on a.id = e.author_id where e.status = 'archived'
-- of_none
insert into blog_entry (title, slug, body, status, word_count, author_id) select '', '', '', '', 0, 0 where false
-- of_groups
insert into blog_tag (slug, name)
select 'new-' || status, 'with ' || count(*) from blog_entry group by status order by count(*) desc, status limit 2
-- of_a_total
insert into blog_tag (slug, name) select 'new-total', count(*)::text from blog_entry
-- of_a_union
insert into blog_tag (slug, name)
select 'new-' || name, left(name, 50) from (select name from blog_author where id < 3 union select name from blog_company where id < 3) n
-- counted
insert into blog_tag (slug, name) select 'new-1', 'One' union all select 'new-2', count(*)::text from blog_tag
-- newest
select title, slug, body, status, rating, score, word_count, pub_date, author_id, editor_id from blog_entry where slug like 'new-%' order by slug
-- tags
select slug, name from blog_tag where slug like 'new-%' order by slug
