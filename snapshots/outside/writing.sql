-- insert_from_select
insert into shop_review (product_id, customer_id, stars, body) select 1, id, 5, email from accounts_customer c where id not in (select customer_id from shop_review) and id in (select customer_id from shop_order)
-- update_beside
update shop_order o set status = 'paid', shipped = (p.paid_at at time zone 'UTC')::date from shop_payment p where p.order_id = o.id and p.amount > 100 and (o.status = 'open' or o.shipped is null)
-- update_from_subquery
update shop_order o set shipped = (select (p.paid_at at time zone 'UTC')::date from shop_payment p where p.order_id = o.id) where id in (select order_id from shop_orderline where quantity > 3)
-- delete_elsewhere
delete from shop_review r using shop_product p where p.id = r.product_id and not p.active
-- upsert
insert into shop_supplier (name, country) values ('Acme', 'XX'), ('Bolt & co', 'FR') on conflict (name) do update set country = excluded.country
