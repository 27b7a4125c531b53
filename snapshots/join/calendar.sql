-- by_month_and_status
select m.month::date, a.id, count(e.id), sum(e.rating) from generate_series('2024-01-01'::timestamp, '2024-12-01', interval '1 month') m(month) cross join (select id from blog_author where id < 5) a
left join blog_entry e on date_trunc('month', e.pub_date at time zone 'UTC') = m.month and e.author_id = a.id group by m.month, a.id order by 1, 2
-- products_of_pairs
select sum(a.id * b.id) from blog_company a join blog_company b on a.id < b.id
