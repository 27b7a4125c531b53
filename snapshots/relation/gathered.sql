-- of_authors
select a.name, (select percentile_cont(0.5) within group (order by rating) from blog_entry e where e.author_id = a.id), (select mode() within group (order by status collate "C") from blog_entry e where e.author_id = a.id), (select percentile_cont(0.75) within group (order by word_count) from blog_entry e where e.author_id = a.id),
 (select percentile_disc(0.5) within group (order by rating) from blog_entry e where e.author_id = a.id and rating > 0), (select jsonb_agg(title order by title collate "C") from blog_entry e where e.author_id = a.id), (select jsonb_agg(rating order by rating desc, id) from blog_entry e where e.author_id = a.id and rating > 3),
 (select jsonb_agg(jsonb_build_object('id', id, 'tags', (select count(*) from blog_entry_tags t where t.entry_id = e.id)) order by id) from blog_entry e where e.author_id = a.id)
from blog_author a order by a.id
-- with_joins
select a.name, jsonb_agg(e.title order by e.title collate "C"), percentile_cont(0.5) within group (order by e.rating), mode() within group (order by e.status collate "C"), count(*) from blog_author a join blog_entry e on e.author_id = a.id group by a.id order by a.id
-- most_frequent
select a.name, (select mode() within group (order by rating) from blog_entry e where e.author_id = a.id), (select mode() within group (order by status collate "C") from blog_entry e where e.author_id = a.id and rating > 3), (select mode() within group (order by score) from blog_entry e where e.author_id = a.id),
 (select mode() within group (order by price) from blog_book b where b.author_id = a.id), (select mode() within group (order by (pub_date at time zone 'utc')::date) from blog_entry e where e.author_id = a.id) from blog_author a order by a.id desc
