-- red_ones
select name from shop_product where attributes ->> 'colour' = 'red' order by name collate "C"
-- nested_value
select id, (attributes #>> '{nested,a,b}')::int from shop_product where (attributes #>> '{nested,a,b}')::int > 3 order by id
-- without_the_key
select id from shop_product where not attributes ? 'colour' order by id
-- key_with_null
select id from shop_product where attributes @> '{"colour": null}' order by id
-- grouped_by_colour
select attributes ->> 'colour', count(*), round(avg(price), 10) from shop_product group by 1 order by (attributes ->> 'colour') collate "C"
-- summed
select sum((attributes ->> 'price')::numeric), count(attributes ->> 'price') from shop_product
-- longest_lists
select id, jsonb_array_length(attributes -> 'sizes'), (attributes #>> '{sizes,0}')::int from shop_product where jsonb_typeof(attributes -> 'sizes') = 'array' order by id
-- last_of_a_list
select id, (attributes #>> '{sizes,-1}')::int from shop_product order by id
-- fragile
select id from shop_product where attributes @> '{"fragile": true}' order by id
-- size_two
select id from shop_product where attributes @> '{"sizes": [2]}' order by id
-- flagged
select id from shop_product where (attributes ->> 'fragile')::bool order by id
-- dearer_inside
select id from shop_product where (attributes ->> 'price')::numeric > price order by id
-- by_key
select jsonb_object_agg(name, country) from shop_supplier
-- shapes
select o.number, (select json_agg(json_build_object('product', (select json_build_object('name', p.name, 'colour', p.attributes ->> 'colour') from shop_product p where p.id = l.product_id), 'quantity', l.quantity)) from shop_orderline l where l.order_id = o.id) from shop_order o where id <= 5 order by o.id
-- is_empty
select id from shop_product where attributes = '{}' order by id
-- counted_by_kind
select jsonb_typeof(attributes -> 'colour'), count(*) from shop_product group by 1 order by 1
-- either_key
select count(*) from shop_product where attributes ?| array['price', 'sizes']
-- colours_with_default
select id, coalesce(attributes ->> 'colour', 'none') from shop_product order by id
