-- rows_in
select id from shop_orderline where (order_id, product_id) in ((1, 1), (2, 5), (3, 3)) order by id
-- outer_join
select c.email, o.number from accounts_customer c left join shop_order o on o.customer_id = c.id order by c.email collate "C", o.number collate "C"
-- full_join_by_condition
select email, number from (select c.email, o.number from accounts_customer c left join shop_order o on o.customer_id = c.id and o.status = 'cancelled' union all select null, number from shop_order where status <> 'cancelled') x order by email collate "C", number collate "C"
-- having
select c.first_name, count(o.id) from accounts_customer c join shop_order o on o.customer_id = c.id group by 1 having count(o.id) > 1 order by 2 desc, c.first_name collate "C"
-- pairs_of_one_country
select a.email, b.email from accounts_customer a join accounts_customer b on a.id > b.id and a.country = b.country order by a.email collate "C", b.email collate "C" limit 20
-- joined_subquery
select c.email, count(*) from accounts_customer c join shop_order o on o.customer_id = c.id group by c.id, c.email order by c.email collate "C"
-- cte_twice
select number, status from shop_order where status = 'paid' and placed > '2024-01-01T00:00:00Z' order by number
-- scalar_subquery
select c.email, (select count(*) from shop_order o where o.customer_id = c.id) from accounts_customer c order by c.email collate "C"
-- lateral_one
select c.email, l.number from accounts_customer c left join (select distinct on (customer_id) customer_id, number from shop_order order by customer_id, placed desc, id) l on l.customer_id = c.id order by c.email collate "C"
-- lateral_count
select c.email, (select count(*) from shop_order o where o.customer_id = c.id) from accounts_customer c order by c.email collate "C"
-- union_of_two
select name from (select first_name as name from accounts_customer where country = 'DE' union all select name from shop_supplier) u order by name collate "C"
-- union_as_source
select c.email, o.number from accounts_customer c left join shop_order o on o.customer_id = c.id where c.id in (1, 2) order by c.email collate "C", o.number collate "C"
-- intersected
select distinct customer_id from shop_order order by 1
-- without
select id from accounts_customer where id not in (select customer_id from shop_order) order by id
-- exists_group
select c.email from accounts_customer c where (select count(*) from shop_order o where o.customer_id = c.id) > 4 order by c.email collate "C"
-- never_cancelled
select c.email from accounts_customer c join shop_order o on o.customer_id = c.id group by c.id, c.email having bool_and(o.status <> 'cancelled') order by c.email collate "C"
-- numbered
select o.number, row_number() over (partition by o.customer_id order by o.placed, o.id), count(*) over (partition by c.country order by o.placed, o.id rows unbounded preceding) from shop_order o join accounts_customer c on c.id = o.customer_id order by o.number
-- taken_out_of_json
select name, case when jsonb_typeof(attributes #> '{sizes,0}') = 'number' then (attributes #>> '{sizes,0}')::int end, case when jsonb_typeof(attributes -> 'price') = 'number' then (attributes ->> 'price')::decimal(28, 10) end from shop_product where attributes ->> 'colour' = 'red' order by id
-- casts
select price::text, case when price between -2147483648 and 2147483647 then round(price)::int end, 43 from shop_product order by id limit 5
-- chosen
select number, case when status in ('open', 'paid') then 'todo' else 'done' end from shop_order order by number
-- literal_rows
select v.name, c.email from (values (1, 'a'), (2, 'b'), (-1, 'c')) v(id, name) left join accounts_customer c on c.id = v.id order by v.id
-- same_referrer
select count(*) from accounts_customer a join accounts_customer b on a.referred_by_id is not distinct from b.referred_by_id and a.id < b.id
-- nobodys_referrer
select id from accounts_customer where id not in (select referred_by_id from accounts_customer) order by id
-- not_in_nulls
select id from accounts_customer where id not in (select referred_by_id from accounts_customer) order by id
-- in_nulls
select distinct referred_by_id from accounts_customer where referred_by_id is not null order by 1
-- not_in_nulls_or_unknown
select id from accounts_customer where (id in (select referred_by_id from accounts_customer)) is null order by id
-- not_among_referrers
select id from accounts_customer c where not exists (select 1 from accounts_customer r where r.referred_by_id = c.id) order by id
