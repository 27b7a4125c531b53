-- rolled
select status, rating, count(*), sum(word_count), grouping(status, rating) from blog_entry group by rollup(status, rating) order by 5, status collate "C", rating
-- cubed
select status, author_id, count(*), grouping(status), grouping(author_id) from blog_entry group by cube(status, author_id) order by 4, 5, status collate "C", author_id
-- chosen_sets
select status, rating, count(*) filter (where word_count > 100), avg(rating)::float8, grouping(status, rating) from blog_entry group by grouping sets ((status, rating), (status), (rating), ()) order by 5, status collate "C", rating
-- beside_a_key
select status, rating, max(title collate "C"), grouping(rating) from blog_entry group by status, rollup(rating) order by status collate "C", 4, rating
-- of_models
select a.name, c.name, count(*), grouping(a.id) from blog_entry e join blog_author a on a.id = e.author_id left join blog_company c on c.id = a.company_id group by rollup((a.id, a.name, c.name)) order by 4, a.id
-- composite_parts
select a.name, status, count(*) from blog_entry e join blog_author a on a.id = author_id group by grouping sets ((a.id, a.name, status), (a.id, a.name)) order by a.id, grouping(status), status collate "C"
-- having_groups
select status, rating, count(*), grouping(status, rating) from blog_entry group by rollup(status, rating) having count(*) > 3 and (rating is null or rating > 0) order by 4, status collate "C", rating
-- where_null_key
select rating, grouping(rating), count(*) from blog_entry group by rollup(rating) having rating is null order by 2
-- of_expressions
select word_count > 100, coalesce(rating, 0), count(*), grouping(word_count > 100, coalesce(rating, 0)) from blog_entry group by rollup(word_count > 100, coalesce(rating, 0)) order by 4, 1, 2
-- of_nothing
select null::text, 0, null::bigint
-- of_nothing_by_keys
select null::text, null::int, 0 where false
-- limited
select status, rating, count(*) from blog_entry group by rollup(status, rating) order by count(*) desc, status collate "C", rating limit 5
-- ordered_by_aggregate
select status from blog_entry group by rollup(status) order by count(*) desc, status collate "C"
-- windowed
select status, count(*), rank() over (partition by grouping(status) order by count(*) desc), round(count(*) * 100.0 / max(count(*)) over (), 10) from blog_entry group by rollup(status) order by 2 desc, status collate "C"
-- counted_again
select count(*) from (select distinct status, count(*) from blog_entry group by cube(status, rating)) t
-- joined_after
select a.name, n from (select author_id, count(*) as n from blog_entry group by rollup(author_id)) t left join blog_author a on a.id = author_id order by n desc, a.id
-- together
select * from (select status, count(*) as n from blog_entry group by rollup(status) union all select 'c', count(*) from blog_author group by rollup(company_id)) t order by n desc, status collate "C"
