-- numbers
select * from generate_series(1, 10) order by 1
-- thread_of_a_comment
with recursive t as (select id, parent_id, 0 as depth from blog_comment where id = 56 union all select c.id, c.parent_id, t.depth + 1 from blog_comment c join t on c.parent_id = t.id) select * from t order by depth, id
-- roots
with recursive u as (select id as start, parent_id as at from blog_comment where parent_id is not null union all select u.start, c.parent_id from u join blog_comment c on c.id = u.at where c.parent_id is not null) select u.start, u.at from u join blog_comment c on c.id = u.at where c.parent_id is null order by 1
-- growing_text
select * from (values (40, 157), (39, 153), (38, 149)) v
-- a_cycle
select * from generate_series(0, 9) order by 1
-- far
select 3000, 3000
-- from_parameters
select * from generate_series(5, 8) order by 1
-- widened
select * from (values (1, 1::bigint, null, 1.5), (2, 3000000000, 'word 1', 1.875), (3, 9000000000000000000, 'word 2', 2.34375)) v
-- moments
select d::date, timestamptz '2024-02-28 00:00:00+00' + (d::date - date '2024-02-28') * interval '0.5 seconds' from generate_series(timestamp '2024-02-28', '2024-03-02', '1 day') d order by 1
-- two_starts
select * from (values (1), (2), (3), (4), (5), (100)) v order by 1
