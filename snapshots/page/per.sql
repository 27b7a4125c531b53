-- newest
select id, author_id from (select *, row_number() over (partition by author_id order by pub_date desc nulls last, id) as n from blog_entry) t where n <= 2 order by author_id, id
-- order_holds
select id, status, rating from (select distinct on (status) * from blog_entry order by status, rating desc nulls last, id) t order by rating desc nulls last, id
-- with_offset
select id, author_id from (select *, row_number() over (partition by author_id order by id) as n from blog_entry) t where n = 2 order by id
-- offset_first
select id, author_id from (select *, row_number() over (partition by author_id order by id) as n from blog_entry) t where n = 3 order by id
-- null_keys
select min(id), rating from blog_entry group by rating order by 1
-- by_expression
select max(id) from blog_entry group by length(title) % 3, word_count > 100 order by 1 desc
-- then_filtered
select id, author_id from (select *, row_number() over (partition by author_id order by word_count desc, id) as n from blog_entry) t where n <= 3 and status = 'published' order by word_count desc, id
-- then_limited
select id, author_id, word_count from (select distinct on (author_id) * from blog_entry order by author_id, word_count desc, id) t order by word_count desc, id limit 3
-- then_joined
select e.id, c.id from (select min(id) as id from blog_entry group by author_id) e join blog_comment c on c.entry_id = e.id order by e.id, c.id
-- of_groups
select distinct on (author_id) author_id, status, count(*) from blog_entry group by author_id, status order by author_id, count(*) desc, status collate "C"
-- of_windows
select id, author_id, p from (select distinct on (author_id) *, rank() over (order by word_count desc) as p from blog_entry order by author_id, p, id) t order by p, id
-- joined_to
select a.name, e.title, (select sum(price) from blog_book b where b.author_id = a.id) from blog_author a join blog_entry e on e.id = (select max(id) from blog_entry f where f.author_id = a.id) order by a.id
-- one_of
select min(id) from blog_entry where author_id = 1
-- aggregated
select a.id, (select coalesce(sum(least(n, 2)), 0) from (select count(*) as n from blog_entry e where e.author_id = a.id group by status) t) from blog_author a order by a.id
-- distinct_on
select id, author_id, rating from (select distinct on (author_id) * from blog_entry order by author_id, rating desc nulls last, id) t order by rating desc nulls last, id
-- distinct_on_two
select e.id, c.name from (select distinct on (a.company_id, e.status) e.id, e.rating, a.company_id from blog_entry e join blog_author a on a.id = e.author_id order by a.company_id, e.status, e.id desc) e left join blog_company c on c.id = e.company_id where rating > 0 order by e.id desc
-- distinct_on_nulls
select min(id), company_id from blog_author group by company_id order by 1
-- counted
select count(*) from (select distinct author_id, rating from blog_entry) t
