-- one_cte
select id, author_id, rating from blog_entry where rating = 5 order by id
-- second_uses_first
select a.name, count(*) from blog_entry e join blog_author a on a.id = e.author_id where rating >= 3 group by a.id having count(*) > 1 order by a.id
-- used_twice
select author_id, count(*) from blog_entry group by 1 having count(*) = (select max(n) from (select count(*) as n from blog_entry group by author_id) t)
-- joined
select a.id, sum(b.price) from blog_author a left join blog_book b on b.author_id = a.id where a.id <= 12 group by a.id order by a.id
-- joined_keeps_the_grain
select b.n, sum(e.word_count) from blog_entry e join (select author_id, count(*) as n from blog_book group by 1) b on b.author_id = e.author_id group by b.n order by b.n
