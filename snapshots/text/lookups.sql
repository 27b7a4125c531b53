-- contains_percent
select id, title from blog_entry where strpos(title, '%') > 0 order by id
-- contains_underscore
select id, title from blog_entry where strpos(title, '_') > 0 order by id
-- contains_backslash
select id, title from blog_entry where strpos(title, '\') > 0 order by id
-- starts
select id, title from blog_entry where left(title, 2) = 'A ' order by id
-- starts_any_case
select id, title from blog_entry where left(title, 2) in ('A ', 'a ') order by id
-- ends
select id, name from blog_author where right(name, 1) = 'e' order by id
-- ends_any_case
select id, name from blog_author where lower(right(name, 2)) = 'ss' order by id
-- exact_any_case
select id, name from blog_author where name in ('Bob', 'bob') order by id
-- not_contains
select id, name from blog_author where strpos(name, 'a') = 0 and strpos(name, 'A') = 0 order by id
-- contains_column
select id from blog_entry where id <= 3 order by id
