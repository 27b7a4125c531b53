-- by_key
update blog_entry set title = 'New', rating = null, score = 2.001, pub_date = '2024-05-01 10:00:00+00' where id = 3
-- by_parameters
update blog_entry set title = 'it''s', rating = 5 where id = 3
-- by_parameters 2
update blog_entry set title = '' where id = -1
-- every_row
update blog_entry set word_count = word_count + 1, body = ''
-- exchanged
update blog_entry set word_count = rating, rating = word_count where rating > 0
-- in_turn
update blog_entry set word_count = word_count * 2, rating = word_count, body = title, title = slug where word_count < 100
-- by_path
update blog_entry e set title = left(a.name || ' and ' || x.name, 200), editor_id = a.id
from blog_author a, blog_company c, blog_author x
where a.id = e.author_id and c.id = a.company_id and x.id = e.editor_id and c.city <> 'Paris'
-- by_lost_path
update blog_entry e set body = coalesce((select name from blog_author x where x.id = e.editor_id), 'none'),
  word_count = length(coalesce((select c.name from blog_author a join blog_company c on c.id = a.company_id where a.id = e.author_id), ''))
-- by_join
update blog_entry e set body = (select name from blog_author a where a.id = e.author_id) || ':' || coalesce((select name from blog_author x where x.id = e.editor_id), '-')
where e.author_id < 20 and e.status <> 'draft'
-- by_aggregate
update blog_entry e set word_count = (select count(*) from blog_comment c where c.entry_id = e.id),
  body = (select text from blog_comment c where c.entry_id = e.id order by id desc limit 1)
where e.id in (select entry_id from blog_comment)
-- by_own_table
update blog_entry e set word_count = (select count(*) from blog_entry o where o.author_id = e.author_id and o.id <> e.id)
-- by_own_condition
update blog_entry set rating = rating + 10 where rating = (select max(rating) from blog_entry)
-- a_page
update blog_entry set rating = 0, status = 'archived'
where id in (select id from blog_entry where rating is not null order by rating desc, id limit 3)
-- from_a_window_of_rows
update blog_entry e set rating = (select max(rating) from blog_entry o where o.author_id = e.author_id)
-- none_matches
update blog_entry set title = 'x' where false
-- unchanged
update blog_entry set title = title where id < 5
-- entries
select id, title, slug, body, status, rating, score, word_count, pub_date, author_id, editor_id from blog_entry order by id
-- of_rows_that_change
update blog_entry e set word_count = (select max(o.word_count) from blog_entry o where o.author_id = e.author_id) where e.id <= 40
