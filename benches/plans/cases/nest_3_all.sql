-- window
SELECT d.id, d.pub_date, d.author_id FROM (
  SELECT e.id, e.pub_date, e.author_id, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
  FROM plans_entry AS e WHERE e.author_id :keys AND e.rating = 9
) AS d WHERE d.place <= 3 ORDER BY d.place;
-- window joined: postgres
SELECT d.id, d.pub_date, d.author_id FROM (
  SELECT e.id, e.pub_date, e.author_id, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
  FROM :rows AS k(v) JOIN plans_entry AS e ON e.author_id = k.v AND e.rating = 9
) AS d WHERE d.place <= 3 ORDER BY d.place;
-- window joined: mysql mariadb sqlite
SELECT d.id, d.pub_date, d.author_id FROM (
  SELECT e.id, e.pub_date, e.author_id, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
  FROM :rows AS k JOIN plans_entry AS e ON e.author_id = k.v AND e.rating = 9
) AS d WHERE d.place <= 3 ORDER BY d.place;
-- lateral: postgres
SELECT d.id, d.pub_date, k.v AS author_id
FROM :rows AS k(v) CROSS JOIN LATERAL (
  SELECT e.id, e.pub_date FROM plans_entry AS e WHERE e.author_id = k.v AND e.rating = 9 ORDER BY e.pub_date DESC, e.id DESC LIMIT 3
) AS d
ORDER BY d.pub_date DESC, d.id DESC;
-- lateral: mysql
SELECT d.id, d.pub_date, k.v AS author_id
FROM :rows AS k CROSS JOIN LATERAL (
  SELECT e.id, e.pub_date FROM plans_entry AS e WHERE e.author_id = k.v AND e.rating = 9 ORDER BY e.pub_date DESC, e.id DESC LIMIT 3
) AS d
ORDER BY d.pub_date DESC, d.id DESC;
-- json correlated: postgres
SELECT a.name, (
  SELECT coalesce(json_agg(json_build_object('id', d.id, 'pub_date', d.pub_date)), '[]')
  FROM (SELECT e.id, e.pub_date FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating = 9 ORDER BY e.pub_date DESC, e.id DESC LIMIT 3) AS d
) AS entries
FROM plans_author AS a ;
-- json correlated: mysql
SELECT a.name, coalesce((
  SELECT json_arrayagg(json_object('id', d.id, 'pub_date', d.pub_date))
  FROM (SELECT e.id, e.pub_date FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating = 9 ORDER BY e.pub_date DESC, e.id DESC LIMIT 3) AS d
), json_array()) AS entries
FROM plans_author AS a ;
-- json correlated: mariadb
SELECT a.name, (
  SELECT coalesce(json_arrayagg(json_object('id', e.id, 'pub_date', e.pub_date) ORDER BY e.pub_date DESC, e.id DESC LIMIT 3), '[]') FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating = 9
) AS entries
FROM plans_author AS a ;
-- json correlated: sqlite
SELECT a.name, (
  SELECT json_group_array(json_object('id', d.id, 'pub_date', d.pub_date))
  FROM (SELECT e.id, e.pub_date FROM plans_entry AS e WHERE e.author_id = a.id AND e.rating = 9 ORDER BY e.pub_date DESC, e.id DESC LIMIT 3) AS d
) AS entries
FROM plans_author AS a ;
-- json grouped: postgres
SELECT a.name, coalesce(g.entries, '[]') AS entries
FROM plans_author AS a
LEFT JOIN (
  SELECT d.author_id, json_agg(json_build_object('id', d.id, 'pub_date', d.pub_date) ORDER BY d.place) AS entries
  FROM (
    SELECT e.id, e.pub_date, e.author_id, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
    FROM plans_entry AS e WHERE e.rating = 9
  ) AS d WHERE d.place <= 3 GROUP BY d.author_id
) AS g ON g.author_id = a.id;
-- json grouped: mysql mariadb
SELECT a.name, coalesce(g.entries, '[]') AS entries
FROM plans_author AS a
LEFT JOIN (
  SELECT d.author_id, concat('[', group_concat(json_object('id', d.id, 'pub_date', d.pub_date) ORDER BY d.place SEPARATOR ','), ']') AS entries
  FROM (
    SELECT e.id, e.pub_date, e.author_id, row_number() OVER (PARTITION BY e.author_id ORDER BY e.pub_date DESC, e.id DESC) AS place
    FROM plans_entry AS e WHERE e.rating = 9
  ) AS d WHERE d.place <= 3 GROUP BY d.author_id
) AS g ON g.author_id = a.id;
