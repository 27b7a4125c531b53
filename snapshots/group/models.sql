-- by_author
select a.name, c.name, count(*), max(e.rating) from blog_entry e join blog_author a on a.id = e.author_id
left join blog_company c on c.id = a.company_id group by a.id, a.name, c.name order by 3 desc, a.id
-- by_joined
select a.id, a.name, count(*), sum(e.word_count) from blog_author a join blog_entry e on e.author_id = a.id group by a.id order by a.id
-- by_nullable_relation
select a.name, count(*) from blog_entry e left join blog_author a on a.id = e.editor_id group by a.id, a.name order by 2 desc, a.id nulls last
-- by_key_column
select author_id, count(*), max(price) from blog_book group by author_id order by author_id
