-- named
select id, word_count / 200.0 from blog_entry where word_count > 300 order by 2 desc, id
-- named_twice
select id, word_count + 1 from blog_entry order by 2 desc, id limit 10
-- named_after_groups
select status, count(*), count(*) - count(rating) from blog_entry group by status having count(rating) > 20 order by status collate "C"
-- named_relation
select b.title, a.name, c.city from blog_book b join blog_author a on a.id = b.author_id left join blog_company c on c.id = a.company_id order by b.id
