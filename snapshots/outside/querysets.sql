-- average_of_published
select avg(rating)::float, max(rating) - avg(rating)::float, count(*) from blog_entry where status = 'published'
-- two_counts
select a.name, (select count(*) from blog_entry where author_id = a.id), (select count(*) from blog_book where author_id = a.id), (select count(distinct t.tag_id) from blog_entry e join blog_entry_tags t on t.entry_id = e.id where e.author_id = a.id) from blog_author a order by a.id
-- above_and_below
select a.name, count(e.id) filter (where rating > 2), count(e.id) filter (where rating <= 2) from blog_author a left join blog_entry e on e.author_id = a.id group by a.id, a.name order by a.id
-- oldest_book_by_company
select c.name, min(b.price), max(b.price) from blog_company c left join blog_author a on a.company_id = c.id left join blog_book b on b.author_id = a.id group by c.id, c.name order by c.id
-- annotated_then_filtered
select a.name, count(*) from blog_author a join blog_entry e on e.author_id = a.id group by a.id, a.name having count(*) > 4 order by 2 desc, a.name collate "C"
-- filtered_then_annotated
select a.name, round(avg(b.price), 10), round(avg(b.price) filter (where b.published > '2015-01-01'), 10) from blog_author a join blog_book b on b.author_id = a.id group by a.id, a.name having max(b.published) > '2015-01-01' order by a.id
-- average_of_counts
select avg(n)::float, (select max(n) from (select count(*) as n from blog_book group by author_id) y) from (select a.id, count(e.id) as n from blog_author a left join blog_entry e on e.author_id = a.id group by a.id) x
-- values_then_annotate
select joined, count(*), string_agg(name, ', ' order by name collate "C") from blog_author group by joined order by joined
-- newest_comment
select e.id, c.author_name, c.text from blog_entry e left join (select distinct on (entry_id) * from blog_comment order by entry_id, created desc, id desc) c on c.entry_id = e.id order by e.id
-- has_recent_comment
select id, id in (select entry_id from blog_comment where created >= '2024-06-01T00:00:00Z') from blog_entry order by id
-- sum_in_subquery
select id from (select id, word_count, sum(word_count) over w as s, count(*) over w as n from blog_entry window w as (partition by author_id)) x where n > 1 and word_count > (s - word_count)::float / (n - 1) order by id
-- by_status_on_conditions
select id, case when rating < 0 then 'bad' when rating <= 3 then 'fair' when rating > 3 then 'good' else 'unrated' end from blog_entry order by id
-- discounts
select name, case when joined > '2023-01-01' then 0 when joined > '2021-01-01' then 5 else 10 end from blog_author order by id
-- counted_by_case
select sum((status = 'draft')::int), sum((status = 'published')::int), sum((status = 'archived')::int) from blog_entry
-- same_entry_both_conditions
select distinct a.name collate "C" from blog_author a join blog_entry e on e.author_id = a.id where lower(e.title) like '%joins%' and extract(year from pub_date at time zone 'UTC') = 2023 order by 1
-- any_entry_each_condition
select name from blog_author where id in (select author_id from blog_entry where title ilike '%joins%') and id in (select author_id from blog_entry where extract(year from pub_date at time zone 'UTC') = 2023) order by name collate "C"
-- excluded
select name from blog_author where id not in (select author_id from blog_entry where status = 'draft') order by name collate "C"
-- fields_beside_fields
select id from blog_entry where word_count > rating * 100 and author_id <> editor_id order by id
-- negated_null
select id from blog_entry where editor_id <> author_id order by id
-- dates_of_entries
select distinct to_char(pub_date at time zone 'UTC', 'YYYY-MM-01')::date from blog_entry where pub_date is not null order by 1 desc
-- latest
select id, title from blog_entry e where not exists (select 1 from blog_entry f where (f.pub_date, f.id) > (e.pub_date, e.id)) and pub_date is not null
-- greatest_of_dates
select e.id, case when pub_date is not null and (select max(created) from blog_comment c where c.entry_id = e.id) is not null then greatest(pub_date, (select max(created) from blog_comment c where c.entry_id = e.id)) end from blog_entry e order by e.id
-- related_names
select name from blog_company where id in (select a.company_id from blog_author a join blog_entry e on e.author_id = a.id where e.rating = 5) order by name collate "C"
-- tags_in_common
select u.entry_id, count(*) from blog_entry_tags t join blog_entry_tags u on u.tag_id = t.tag_id and u.entry_id <> 3 where t.entry_id = 3 group by 1 order by 2 desc, 1
-- has_all_tags
select entry_id from blog_entry_tags where tag_id in (select id from blog_tag where slug in ('sql', 'rust')) group by 1 having count(*) = 2 order by 1
-- only_these_tags
select entry_id from blog_entry_tags t join blog_tag g on g.id = t.tag_id group by 1 having bool_and(slug in ('sql', 'rust', 'django')) order by 1
-- neighbours
select e.id, (select slug from blog_entry p where (p.pub_date, p.id) < (e.pub_date, e.id) order by pub_date desc, id desc limit 1), (select slug from blog_entry p where (p.pub_date, p.id) > (e.pub_date, e.id) order by pub_date, id limit 1) from blog_entry e where id in (1, 2, 3) order by id
-- prefetched
select a.name, (select json_build_object('name', c.name, 'city', c.city) from blog_company c where c.id = a.company_id), (select coalesce(json_agg(json_build_object('title', e.title, 'tags', (select coalesce(json_agg(json_build_object('slug', g.slug) order by g.slug collate "C"), '[]') from blog_entry_tags t join blog_tag g on g.id = t.tag_id where t.entry_id = e.id), 'comments', (select count(*) from blog_comment c where c.entry_id = e.id)) order by e.id), '[]') from blog_entry e where e.author_id = a.id and e.status = 'published') from blog_author a where a.id <= 5 order by a.id
-- ranked_by_words
select id, (select count(*) + 1 from blog_entry b where b.author_id = a.author_id and b.word_count > a.word_count), (word_count - (select avg(word_count) from blog_entry b where b.author_id = a.author_id))::float from blog_entry a order by id
-- threads
with recursive t as (select id as root, id, 0 as d from blog_comment where parent_id is null union all select t.root, c.id, d + 1 from t join blog_comment c on c.parent_id = t.id) select root, count(*) - 1, max(d) from t group by root having count(*) > 1 order by root
-- comments_of_own_entries
select count(*) from blog_comment c where (c.entry_id, c.author_name) in (select e.id, a.name from blog_entry e join blog_author a on a.id = e.author_id)
-- authors_by_initial
select upper(substr(name, 1, 1)), count(*) from blog_author group by 1 order by 2 desc, upper(substr(name, 1, 1)) collate "C"
-- months_of_the_year
select extract(month from pub_date at time zone 'UTC')::int, count(*), count(distinct author_id), avg(word_count)::float from blog_entry where pub_date is not null group by 1 order by 1
-- words_of_titles
select id, cardinality(string_to_array(title, ' ')) from blog_entry order by 2 desc, 1 limit 10
-- who_edits_whom
select d.name, a.name, count(*) from blog_entry e join blog_author d on d.id = e.editor_id join blog_author a on a.id = e.author_id group by d.id, d.name, a.id, a.name order by 3 desc, d.name collate "C", a.name collate "C"
-- edited_each_other
select x.name, y.name from (select distinct author_id, editor_id from blog_entry) a join blog_author x on x.id = a.author_id join blog_author y on y.id = a.editor_id where a.author_id < a.editor_id and (a.editor_id, a.author_id) in (select author_id, editor_id from blog_entry) order by x.name collate "C", y.name collate "C"
-- more_books_than_entries
select name from blog_author a where (select count(*) from blog_book where author_id = a.id) > (select count(*) from blog_entry where author_id = a.id) order by name collate "C"
-- best_of_each_tag
select t.slug, b.title, b.name from blog_tag t left join (select distinct on (g.tag_id) g.tag_id, e.title, a.name from blog_entry_tags g join blog_entry e on e.id = g.entry_id join blog_author a on a.id = e.author_id where e.rating is not null order by g.tag_id, e.rating desc, e.id) b on b.tag_id = t.id order by t.slug collate "C"
-- median_rating_of_tags
select t.slug, percentile_cont(0.5) within group (order by e.rating), avg(e.rating)::float from blog_tag t left join blog_entry_tags g on g.tag_id = t.id left join blog_entry e on e.id = g.entry_id group by t.id, t.slug order by t.slug collate "C"
