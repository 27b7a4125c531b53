-- plain
select n, n * n from generate_series(1, 10) n order by 1
-- by_step
select * from (values (1), (5), (9)) v order by 1
-- downwards
select * from (values (10), (7), (4), (1)) v order by 1 desc
-- the_wrong_way
select 1 where false
-- one_value
select 5
-- parameters
select * from (values (1), (4), (7), (10)) v order by 1
-- parameters 2
select * from (values (-4), (3), (10)) v order by 1
-- parameters 3
select 1 where false
-- parameters 4
select 1 where false
-- parameters 5
select 3
-- parameters 6
select 1 where false
-- an_end_that_is_null
select 1 where false
-- an_end_that_is_null 2
select * from (values (1), (2)) v order by 1
-- behind_every_limit_of_recursion
select 4500, 4500 * 4501 / 2, 4500
-- beyond_32_bits
select * from (values (9000000000), (9000000002), (9000000004)) v order by 1
-- with_no_entries
select n, (select count(*) from blog_entry where rating = n) from generate_series(1, 6) n order by 1
-- beside_each_row
select a.id, n from blog_author a, lateral generate_series(1, a.id) n where a.id <= 4 and n <> 2 order by 1, 2
-- beside_each_row_or_none
select * from (values (1, null), (2, null), (3, 3), (4, 3), (4, 4)) v order by 1, 2
-- of_each_row
select * from (values (3, 4), (4, 4)) v order by 1
-- twice
select x, y from generate_series(1, 3) x, generate_series(x, 3) y order by 1, 2
-- of_series
select * from generate_series(1, 3) order by 1
