//! Questions of tutorials and interviews, written as one writes them who knows SQL, Django or PRQL: what is said, and
//! where the offers lead. (What djq answers to such questions on the databases stands in `snapshots/outside`.)

#![allow(clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::shop;
use support::told::Ends::{self, Clean, Open};

fn told(queries: &[(Ends, &str)]) -> String {
    support::told::told(shop(), queries)
}

#[test]
fn aggregates_of_items() {
    let said = told(&[
        (
            Clean,
            "from Order as o select o.number, sum(o.lines.quantity * o.lines.unit_price) as total order by o.number",
        ),
        (
            Clean,
            "from Customer as c select c.email, every(c.orders.status = 'shipped') as all_shipped order by c.email",
        ),
        (
            Clean,
            "from Order as o select o.number, string_agg(o.lines.id::text, ',') as ids order by o.number",
        ),
        (
            Clean,
            "from Order as o select o.number, string_agg(upper(o.lines.product.name), ',') as ids order by o.number",
        ),
        (
            Clean,
            "from Order as o select o.number, sum(o.lines.quantity * 2) as n order by o.number",
        ),
        (
            Clean,
            "from Order as o select o.number, sum(case when o.lines.quantity > 1 then 1 else 0 end) as n order by o.number",
        ),
        (
            Clean,
            "from Customer as c where c.orders is null select c.email",
        ),
        (
            Clean,
            "from Product as p where p.review_set.stars > 4 select p.name",
        ),
        (
            Clean,
            "from Supplier as s where s.products.category.name = 'Tools' select distinct s.name order by s.name",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn order_of_clauses() {
    let said = told(&[
        (
            Clean,
            "from Product as p select p.name, rank() over w as r, count() over w as n window w as (partition by p.category order by p.price)",
        ),
        (
            Clean,
            "from Order as o select o.status, count() as n group by o.status",
        ),
        (
            Clean,
            "from Order as o select o.status, count() group by o.status",
        ),
        (
            Clean,
            "from Customer select split_part(email, '@', 2) as domain, count(*) as n group by domain order by n desc, domain",
        ),
        (
            Clean,
            "from Product select max(price) as m where price < (from Product select max(price))",
        ),
        (
            Clean,
            "SELECT customer_id, COUNT(*) AS n FROM Order GROUP BY customer_id HAVING COUNT(*) > 3 ORDER BY 2 DESC, 1",
        ),
        (
            Clean,
            "SELECT EXTRACT(QUARTER FROM placed) AS q, COUNT(*) FROM Order GROUP BY 1 ORDER BY 1",
        ),
        (
            Clean,
            "from Order as o group by country = o.customer.country select country, count(where o.status='paid') as paid",
        ),
        (
            Clean,
            "SELECT p.category_id, p.name, MAX(p.price) FROM Product p GROUP BY p.category_id",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn sets_of_rows() {
    let said = told(&[
        (
            Clean,
            "(from Customer where country = 'DE' select first_name) union all (from Supplier select name)",
        ),
        (
            Clean,
            "from (from Customer where country = 'DE' select first_name as name union all from Supplier select name) as u order by name",
        ),
        (
            Clean,
            "from Customer where country = 'DE' select first_name as name union all from Supplier select name order by name",
        ),
        (
            Clean,
            "with recursive t as (from Category where parent is null select id, name, 1 as depth union all from Category as c join t on c.parent_id = t.id select c.id, c.name, t.depth + 1) from t order by depth, name",
        ),
        (
            Clean,
            "SELECT id, email FROM Customer WHERE id = 1 UNION ALL SELECT id, email FROM Customer WHERE id = 2",
        ),
        (
            Clean,
            "with recursive fib(a, b) as (select 0, 1 union all select b, a + b from fib where b < 100) select a from fib",
        ),
        (
            Clean,
            "SELECT c.email, x.n FROM Customer c JOIN LATERAL (SELECT COUNT(*) AS n FROM Order o WHERE o.customer_id = c.id) x ON TRUE ORDER BY c.email",
        ),
        (
            Clean,
            "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, name)",
        ),
        (
            Clean,
            "SELECT d FROM generate_series('2024-01-01'::date, '2024-01-05'::date, '1 day') AS d",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn casts() {
    let said = told(&[
        (
            Clean,
            "from Order select cast(id as varchar) as t, number order by id limit 3",
        ),
        (
            Clean,
            "from Product select cast(price as int) as p, cast(weight as numeric(10,1)) as w order by id limit 5",
        ),
        (
            Clean,
            "from Order select datetime(shipped) as d, date(placed) as p, int(id) as i, str(id) as s, text(id) as t, float(id) as f order by id limit 3",
        ),
        (
            Clean,
            "SELECT CAST(price AS TEXT) AS t, CAST('42' AS INTEGER) + 1 AS n FROM Product ORDER BY id LIMIT 3",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn calls() {
    let said = told(&[
        (
            Clean,
            "from OrderLine select percentile_cont(0.5) within group (order by unit_price) as med",
        ),
        (
            Clean,
            "SELECT SUBSTRING(email FROM 1 FOR POSITION('@' IN email) - 1) AS user FROM Customer ORDER BY id LIMIT 3",
        ),
        (
            Open,
            "SELECT o.number, GROUP_CONCAT(p.name ORDER BY p.name SEPARATOR ', ') AS items FROM Order o JOIN OrderLine l ON l.order_id = o.id JOIN Product p ON p.id = l.product_id GROUP BY o.number ORDER BY o.number",
        ),
        (Open, "SELECT SUM(status = 'open') AS o FROM Order"),
        (
            Open,
            "from Product group by width_bucket(price, 0, 1000, 5) as b select b, count() as n order by b",
        ),
        (
            Open,
            "from Order group by date_format(placed, '%Y-%m') as m select m, count() as n",
        ),
        (
            Clean,
            "SELECT IF(status = 'open', 1, 0) AS o, IFNULL(shipped, placed) AS d FROM Order",
        ),
        (
            Open,
            "from Order as o group by o.customer select customer.email, first_value(o.number order by o.placed) as first order by customer.email",
        ),
        (
            Open,
            "from Order group by customer select avg(count()) as a",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn operators() {
    let said = told(&[
        (
            Clean,
            "from Product where attributes->>'colour' = 'red' select id order by id limit 3",
        ),
        (
            Clean,
            "select name, attributes ->> 'colour' as c from Product where attributes -> 'price' is not null order by name",
        ),
        (
            Clean,
            "from Product as p where p.price > all (from Product as q where q.category_id = 1 select q.price) select p.name",
        ),
        (
            Clean,
            "from Product where price > all (select price from Product where category_id = 1) select name",
        ),
        (
            Clean,
            "from Order where customer_id = any (select id from Customer where country = 'DE') select number order by number",
        ),
        (
            Clean,
            "from Order where placed between @2024-01-01 and @2024-02-01 select number order by number",
        ),
        (
            Clean,
            "from Order as o let d = date(o.placed) group by d let grp = d - row_number() over (order by d) group by grp select min(d) as start, max(d) as finish, count() as days order by start",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn trees() {
    let said = told(&[
        (
            Clean,
            "from Category as c select c.name, string_agg(ancestors(c, self).name, ' / ' order by depth desc) as path order by path",
        ),
        (
            Clean,
            "from Category as c where c.name = 'Tools' select descendants(c) { name, depth }",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn prql() {
    let said = told(&[
        (
            Clean,
            "from OrderLine\nderive total = quantity * unit_price\naggregate { sum total }",
        ),
        (
            Clean,
            "from Order\ngroup customer_id (aggregate { n = count this })\nsort {-n}\ntake 5",
        ),
        (
            Clean,
            "from Order\nfilter status == 'paid'\nselect {number, placed}\nsort number\ntake 3",
        ),
        (
            Clean,
            "from Order\njoin side:left c=Customer (this.customer_id == c.id)\nselect {number, c.email}",
        ),
        (
            Open,
            "from Payment\nsort paid_at\nwindow rolling:3 (derive { total = sum amount })",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn statements() {
    let said = told(&[
        (
            Clean,
            "update Order set status = 'paid' from Payment where Payment.order_id = Order.id and status = 'open'",
        ),
        (
            Clean,
            "insert into Review (product, customer, stars, body) select 1, id, 5, email from Customer where id > 100000",
        ),
        (
            Clean,
            "delete from Review where product_id in (select id from Product where not active)",
        ),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn parameters_that_nobody_declared() {
    let said = told(&[
        (
            Clean,
            "query q(a) { from Order where number = $a and status = $b }",
        ),
        (
            Clean,
            "query q(a) { insert Supplier { name = $a, country = $b } }",
        ),
        (Clean, "query q { from Order where number = $a }"),
    ]);
    insta::assert_snapshot!(said);
}
