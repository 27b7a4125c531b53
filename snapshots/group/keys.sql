-- by_field
select status, count(*) from blog_entry group by status order by status collate "C"
-- by_nullable
select rating, count(*) from blog_entry group by rating order by rating nulls last
-- by_two
select status, rating, sum(word_count) from blog_entry group by status, rating order by status collate "C", rating nulls last
-- by_expression
select word_count / 100, count(*) from blog_entry group by 1 order by 1
-- keys_alone
select status, rating is null from blog_entry group by 1, 2 order by status collate "C", 2
-- by_path
select c.city, count(*), count(distinct e.author_id) from blog_entry e join blog_author a on a.id = e.author_id
left join blog_company c on c.id = a.company_id group by c.city order by c.city collate "C" nulls last
-- in_expressions
select word_count / 100 * 100, count(*) from blog_entry group by word_count / 100 having word_count / 100 >= 1 order by 1
-- named_like_a_column
select upper(town), count(*) from (select lower(c.city) as town from blog_author a left join blog_company c on c.id = a.company_id) t group by town order by upper(town) collate "C" nulls last
