-- of_orders
select c.email, c.last_seen_ip, (select json_build_object('last_seen_ip', host(r.last_seen_ip), 'joined', to_char(r.joined at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')) from accounts_customer r where r.id = c.referred_by_id),
  (select json_agg(json_build_object('number', o.number, 'status', o.status, 'placed', to_char(o.placed at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), 'shipped', o.shipped,
     'at', (o.placed at time zone 'UTC')::time, 'day', (o.placed at time zone 'UTC')::date,
     'payment', (select json_build_object('amount', y.amount::text, 'processing_time', (extract(epoch from y.processing_time) * 1000000)::bigint, 'paid_at', to_char(y.paid_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')) from shop_payment y where y.order_id = o.id),
     'lines', (select json_agg(json_build_object('quantity', l.quantity, 'unit_price', l.unit_price::text, 'product', (select json_build_object('sku', p.sku, 'attributes', p.attributes, 'weight', p.weight) from shop_product p where p.id = l.product_id)) order by l.id)
       from shop_orderline l where l.order_id = o.id)) order by o.id) from shop_order o where o.customer_id = c.id)
from accounts_customer c where c.id < 25 order by c.id
