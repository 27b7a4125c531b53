-- in_select
select a.id, 5, (select count(*) from blog_entry e where e.author_id = a.id) from blog_author a where a.id < 6 order by 1
-- in_where
select id from blog_entry where word_count > (select avg(word_count) from blog_entry) order by id
-- correlated
select id, rating from (select id, rating, max(rating) over (partition by author_id) as best from blog_entry) t where rating = best order by id
-- in_order
select a.id from blog_author a left join blog_book b on b.author_id = a.id group by a.id order by sum(b.price) desc nulls last, a.id limit 8
-- in_let
select author_id, count(*) from blog_book group by 1 having count(*) > 1 order by 1
-- limited
select a.id, (select title from blog_entry e where e.author_id = a.id and pub_date is not null order by pub_date, id limit 1) from blog_author a order by a.id limit 12
-- over_groups
select status, count(*), 150 from blog_entry group by status order by status collate "C"
