-- several
select a.id, (select count(*) from blog_entry e where e.author_id = a.id), (select sum(price) from blog_book b where b.author_id = a.id),
  (select count(*) from blog_entry e where e.author_id = a.id and rating > 3),
  (select max(pub_date) from blog_entry e where e.author_id = a.id and status = 'published'),
  (select avg(rating)::float8 from blog_entry e where e.author_id = a.id)
from blog_author a order by a.id
-- in_where
select a.id, a.name from blog_author a join blog_book b on b.author_id = a.id group by a.id having count(*) >= 2 and sum(b.price) > 1 order by a.id
-- in_order
select a.id from blog_author a left join blog_entry e on e.author_id = a.id group by a.id order by count(e.id) desc, a.id limit 10
-- pairs_and_things
select a.id, count(t.tag_id), count(distinct t.tag_id) from blog_author a left join blog_entry e on e.author_id = a.id left join blog_entry_tags t on t.entry_id = e.id group by a.id order by a.id
-- newest
select a.id, (select title from blog_entry e where e.author_id = a.id order by pub_date desc nulls last, id limit 1) from blog_author a order by a.id
-- true_of_all
select a.id, coalesce(bool_and(e.word_count > 5), true), coalesce(bool_or(e.rating = 5), false) from blog_author a left join blog_entry e on e.author_id = a.id group by a.id order by a.id
-- joined_text
select e.id, string_agg(t.slug, ', ' order by t.slug collate "C") from blog_entry e left join blog_entry_tags et on et.entry_id = e.id left join blog_tag t on t.id = et.tag_id
where e.id <= 20 group by e.id order by e.id
