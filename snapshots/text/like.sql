-- like_wildcards
select id, title from blog_entry where title ~ '^A.*g$' order by id
-- ilike_wildcards
select id, title from blog_entry where title ~ '^[Aa].*[gG]$' order by id
-- not_like
select slug from blog_tag where strpos(slug, '-') = 0 order by id
-- one_sign
select id, name from blog_author where name in ('Bob', 'bob') order by id
