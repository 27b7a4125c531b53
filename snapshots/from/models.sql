-- companies
select id, name, city from blog_company order by id
-- qualified
select name, city from blog_company order by id
