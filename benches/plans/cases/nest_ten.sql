-- keys
SELECT e.id, e.rating, e.author_id FROM plans_entry AS e WHERE e.author_id :keys ORDER BY e.id;
-- keys joined: postgres
SELECT e.id, e.rating, e.author_id FROM :rows AS k(v) JOIN plans_entry AS e ON e.author_id = k.v ORDER BY e.id;
-- keys joined: mysql mariadb sqlite
SELECT e.id, e.rating, e.author_id FROM :rows AS k JOIN plans_entry AS e ON e.author_id = k.v ORDER BY e.id;
-- parents joined
SELECT e.id, e.rating, e.author_id FROM plans_entry AS e JOIN plans_author AS a ON a.id = e.author_id WHERE a.id <= 10 ORDER BY e.id;
-- parents in
SELECT e.id, e.rating, e.author_id FROM plans_entry AS e WHERE e.author_id IN (SELECT a.id FROM plans_author AS a WHERE a.id <= 10) ORDER BY e.id;
-- json correlated: postgres
SELECT a.name, (SELECT coalesce(json_agg(json_build_object('id', e.id, 'rating', e.rating) ORDER BY e.id), '[]') FROM plans_entry AS e WHERE e.author_id = a.id) AS entries
FROM plans_author AS a WHERE a.id <= 10;
-- json grouped: postgres
SELECT a.name, coalesce(g.entries, '[]') AS entries
FROM plans_author AS a
LEFT JOIN (
  SELECT e.author_id, json_agg(json_build_object('id', e.id, 'rating', e.rating) ORDER BY e.id) AS entries
  FROM plans_entry AS e JOIN plans_author AS a ON a.id = e.author_id WHERE a.id <= 10 GROUP BY e.author_id
) AS g ON g.author_id = a.id WHERE a.id <= 10;
-- json correlated: mysql mariadb
SELECT a.name, (
  SELECT coalesce(concat('[', group_concat(json_object('id', e.id, 'rating', e.rating) ORDER BY e.id SEPARATOR ','), ']'), '[]') FROM plans_entry AS e WHERE e.author_id = a.id
) AS entries
FROM plans_author AS a WHERE a.id <= 10;
-- json grouped: mysql mariadb
SELECT a.name, coalesce(g.entries, '[]') AS entries
FROM plans_author AS a
LEFT JOIN (
  SELECT e.author_id, concat('[', group_concat(json_object('id', e.id, 'rating', e.rating) ORDER BY e.id SEPARATOR ','), ']') AS entries
  FROM plans_entry AS e JOIN plans_author AS a ON a.id = e.author_id WHERE a.id <= 10 GROUP BY e.author_id
) AS g ON g.author_id = a.id WHERE a.id <= 10;
-- json correlated: sqlite
SELECT a.name, (
  SELECT json_group_array(json_object('id', d.id, 'rating', d.rating)) FROM (SELECT e.id, e.rating FROM plans_entry AS e WHERE e.author_id = a.id ORDER BY e.id) AS d
) AS entries
FROM plans_author AS a WHERE a.id <= 10;
