-- roots
select id, sqrt(price)::float8, power(weight, 2), exp(weight / 10), abs(weight), sign(weight) from shop_product where id <= 12 order by id
-- logarithms
select id, ln(weight), log(weight), ln(weight) / ln(2) from shop_product where weight > 0 order by id
-- angles
select pi(), sin(1), cos(1), tan(1), atan2(1, 2), 180::float8, pi(), cot(1)
-- extremes
select l.id, greatest(l.unit_price, p.price), least(l.quantity, 2) from shop_orderline l join shop_product p on p.id = l.product_id where l.id < 20 order by l.id
