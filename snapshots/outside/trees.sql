-- parts_explosion
with recursive t as (select id, name, array[id] as way from shop_category where id = 1 union all select c.id, c.name, way || c.id from t join shop_category c on c.parent_id = t.id) select t.id, t.name, cardinality(way) - 1, count(p.id), sum(p.price) from t left join shop_product p on p.category_id = t.id group by t.id, t.name, way order by 3, 1
-- value_of_subtrees
with recursive t as (select id as top, id from shop_category union all select t.top, c.id from t join shop_category c on c.parent_id = t.id) select c.name, sum(p.price), count(p.id) from shop_category c join t on t.top = c.id left join shop_product p on p.category_id = t.id group by c.id, c.name order by c.id
-- roots
with recursive t as (select id, name as root from shop_category where parent_id is null union all select c.id, t.root from t join shop_category c on c.parent_id = t.id) select c.name, t.root from t join shop_category c on c.id = t.id order by c.id
-- indented
with recursive t as (select id, name, name::text as path, 0 as d from shop_category where parent_id is null union all select c.id, c.name, t.path || '/' || c.name, d + 1 from t join shop_category c on c.parent_id = t.id) select lpad('', 2 * d) || name from t order by path collate "C", id
-- leaves
select name from shop_category where id not in (select parent_id from shop_category where parent_id is not null) order by id
-- chain_to_the_top
select x.name, v.d from (values (4, 0), (3, 1), (2, 2), (1, 3)) v(id, d) join shop_category x on x.id = v.id order by d desc
-- children_of_children
select c.name, count(distinct k.id), count(g.id) from shop_category c left join shop_category k on k.parent_id = c.id left join shop_category g on g.parent_id = k.id group by c.id, c.name order by c.id
-- nearest_common_parent
with recursive t as (select id, id as up, 0 as d from shop_category union all select t.id, c.parent_id, d + 1 from t join shop_category c on c.id = t.up where c.parent_id is not null) select a.name, b.name, c.name from (select distinct on (x.id, y.id) x.id as a, y.id as b, x.up from t x join t y on y.up = x.up and x.id < y.id order by x.id, y.id, x.d) z join shop_category a on a.id = z.a join shop_category b on b.id = z.b join shop_category c on c.id = z.up order by a.id, b.id
-- referral_chains
with recursive t as (select id, referred_by_id as up from accounts_customer where referred_by_id is not null union select t.id, c.referred_by_id from t join accounts_customer c on c.id = t.up where c.referred_by_id is not null) select email, (select count(*) from t where t.id = c.id), (select count(*) from t where t.up = c.id) from accounts_customer c where referred_by_id is not null order by c.id
-- longest_chain
with recursive t as (select id, 0 as d from accounts_customer where referred_by_id is null union all select c.id, d + 1 from t join accounts_customer c on c.referred_by_id = t.id) select max(d) from t
-- reachable_by_orders
with b as (select distinct o.customer_id as c, l.product_id as p from shop_orderline l join shop_order o on o.id = l.order_id), e as (select distinct x.c as a, y.c as b from b x join b y on y.p = x.p), one as (select b from e where a = 2), two as (select distinct e.b from e join one on one.b = e.a) select id, min(d) from (select 2 as id, 0 as d union all select b, 1 from one union all select b, 2 from two) x group by id order by 2, 1
-- ways_between
select * from (values ('1/3/4', 2), ('1/2/3/4', 3)) v
-- generations
select d, count(*) from (select 1 + (a.id is not null)::int + (b.id is not null)::int + (e.id is not null)::int as d from shop_category c left join shop_category a on a.id = c.parent_id left join shop_category b on b.id = a.parent_id left join shop_category e on e.id = b.parent_id) x group by d order by d
-- siblings
select c.name, (select string_agg(s.name, ', ' order by s.name collate "C") from shop_category s where s.parent_id = c.parent_id and s.id <> c.id) from shop_category c order by c.id
-- nested_tree
select c.name, (select coalesce(json_agg(json_build_object('name', k.name, 'children', (select coalesce(json_agg(json_build_object('name', g.name, 'products', (select count(*) from shop_product p where p.category_id = g.id)) order by g.name collate "C"), '[]') from shop_category g where g.parent_id = k.id)) order by k.name collate "C"), '[]') from shop_category k where k.parent_id = c.id) from shop_category c where c.parent_id is null order by c.id
-- is_below
with recursive t as (select 1::bigint as id union all select c.id from t join shop_category c on c.parent_id = t.id) select name from shop_product where category_id in (select id from t) order by id
-- is_within
with recursive t as (select 1::bigint as id union all select c.id from t join shop_category c on c.parent_id = t.id) select count(*) from shop_product where category_id in (select id from t)
-- depths_of_all
with recursive t as (select id as top, id, 0 as d from shop_category union all select t.top, c.id, d + 1 from t join shop_category c on c.parent_id = t.id) select c.name, max(d), count(*) - 1 from shop_category c join t on t.top = c.id group by c.id, c.name order by c.id
-- powers_of_two
select 2 ^ i from generate_series(0, 10) i
-- factorials
select i, factorial(i)::bigint from generate_series(1, 10) i order by i
