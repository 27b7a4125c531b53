-- signs
select 'it''s', 'say "hi"', 'C:\new', '100%', '?', '$1', ':name', '東京 🎉', 'a\b'
-- compared
select id, title from blog_entry where id in (8, 9, 10) order by id
-- newline
select id from blog_entry where strpos(title, E'line\nbreak') > 0 order by id
