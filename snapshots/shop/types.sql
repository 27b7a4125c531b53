-- all_types
select id, sku, weight, active, attributes from shop_product order by id
-- by_uuid
select id from shop_product where false
-- addresses
select id, host(last_seen_ip) from accounts_customer order by id
-- payments
select id, amount, processing_time, paid_at from shop_payment order by id
-- light
select id, weight * 1000, false from shop_product where weight < 0.3 order by weight, id
