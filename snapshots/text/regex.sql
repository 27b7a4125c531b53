-- matched
select id, name from blog_author where name ~ '^[A-E].*n' order by id
-- matched_any_case
select id, name from blog_author where name in ('Bob', 'bob', 'Emile', 'emile') order by id
