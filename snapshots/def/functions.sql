-- called
select id, word_count / 10.0::float8, upper(status) || '!' from blog_entry order by id limit 9
-- in_where
select id from blog_entry where word_count > 300 order by id
