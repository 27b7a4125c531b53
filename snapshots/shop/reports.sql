-- best_sellers
select p.name, c.name, sum(l.quantity), sum(l.quantity * l.unit_price), round(avg(l.unit_price), 10) from shop_orderline l join shop_order o on o.id = l.order_id
join shop_product p on p.id = l.product_id join shop_category c on c.id = p.category_id where o.status in ('paid', 'shipped') group by p.id, p.name, c.name order by 4 desc, p.id limit 10
-- never_ordered
select name from shop_product p where id not in (select product_id from shop_orderline) order by id
-- referrals
select c.id, b.email, count(distinct r.id), count(o.id) from accounts_customer c join accounts_customer r on r.referred_by_id = c.id left join shop_order o on o.customer_id = r.id
left join accounts_customer b on b.id = c.referred_by_id group by c.id, b.email order by c.id
-- short_payments
select o.number, t.due, p.amount, t.due - p.amount from shop_order o join shop_payment p on p.order_id = o.id
cross join lateral (select coalesce(sum(quantity * unit_price), 0) as due from shop_orderline l where l.order_id = o.id) t where p.amount < t.due order by o.id
-- shelves
select c.name, p.name, g.name, (select count(*) from shop_product x where x.category_id = c.id), (select count(*) from shop_category x where x.parent_id = c.id)
from shop_category c left join shop_category p on p.id = c.parent_id left join shop_category g on g.id = p.parent_id order by c.id
-- monthly
select date_trunc('month', o.placed at time zone 'UTC') at time zone 'UTC', count(*), count(distinct o.customer_id), sum(p.amount)
from shop_order o left join shop_payment p on p.order_id = o.id where o.status <> 'cancelled' group by 1 order by 1
