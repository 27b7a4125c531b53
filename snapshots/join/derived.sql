-- with_groups
select a.name, count(*), sum(b.price) from blog_author a join blog_book b on b.author_id = a.id group by a.id order by a.id
-- with_groups_left
select c.id, (select count(*) from blog_author a where a.company_id = c.id) from blog_company c order by c.id
