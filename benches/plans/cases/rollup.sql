-- native: postgres
SELECT e.status, e.rating, count(*) AS n, sum(e.price) AS total FROM plans_entry AS e GROUP BY ROLLUP (e.status, e.rating);
-- native: mysql mariadb
SELECT e.status, e.rating, count(*) AS n, sum(e.price) AS total FROM plans_entry AS e GROUP BY e.status, e.rating WITH ROLLUP;
-- unions
SELECT e.status, e.rating, count(*) AS n, sum(e.price) AS total FROM plans_entry AS e GROUP BY e.status, e.rating
UNION ALL SELECT e.status, NULL, count(*), sum(e.price) FROM plans_entry AS e GROUP BY e.status
UNION ALL SELECT NULL, NULL, count(*), sum(e.price) FROM plans_entry AS e;
-- groups of groups
WITH g AS (SELECT e.status, e.rating, count(*) AS n, sum(e.price) AS total FROM plans_entry AS e GROUP BY e.status, e.rating)
SELECT status, rating, n, total FROM g
UNION ALL SELECT status, NULL, sum(n), sum(total) FROM g GROUP BY status
UNION ALL SELECT NULL, NULL, sum(n), sum(total) FROM g;
