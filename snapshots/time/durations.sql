-- compared
select id, processing_time from shop_payment where processing_time > interval '1 minute' order by id
-- totals
select o.status, sum(p.processing_time), max(p.processing_time) from shop_payment p join shop_order o on o.id = p.order_id group by o.status order by o.status collate "C"
