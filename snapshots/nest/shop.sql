-- orders_with_lines
select o.number, (select sum(quantity * unit_price) from shop_orderline l where l.order_id = o.id),
  (select json_agg(json_build_object('name', p.name, 'quantity', l.quantity, 'unit_price', l.unit_price::text) order by l.id)
   from shop_orderline l join shop_product p on p.id = l.product_id where l.order_id = o.id),
  (select json_build_object('amount', amount::text, 'paid_at', to_char(paid_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')) from shop_payment y where y.order_id = o.id)
from shop_order o where status = 'shipped' order by o.id limit 12
