-- pairs
select a.name, b.name from blog_company a, blog_company b where a.id < b.id and a.city = b.city
-- grid
select t.slug, s.status from blog_tag t, (values ('archived'), ('draft'), ('published')) s(status) order by t.id, s.status
