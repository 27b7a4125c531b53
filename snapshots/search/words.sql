-- found
select title from typed_article where title in ('foxes', 'fox', 'quicksilver') order by id
-- found 2
select title from typed_article where title in ('foxes', 'fox', 'quicksilver') order by id
-- found 3
select title from typed_article where false
-- found 4
select title from typed_article where false
-- not_found
select title from typed_article where title in ('bread', 'empty') order by id
-- alike
select title, ts_headline(body, plainto_tsquery('quick')) from typed_article where title in ('foxes', 'fox') order by id
