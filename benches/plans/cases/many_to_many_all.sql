-- correlated
SELECT a.id, (SELECT count(*) FROM plans_author_tags AS l WHERE l.author_id = a.id) AS tags,
  (SELECT min(t.name) FROM plans_author_tags AS l JOIN plans_tag AS t ON t.id = l.tag_id WHERE l.author_id = a.id) AS first
FROM plans_author AS a;
-- left join
SELECT a.id, count(t.id) AS tags, min(t.name) AS first
FROM plans_author AS a
LEFT JOIN plans_author_tags AS l ON l.author_id = a.id
LEFT JOIN plans_tag AS t ON t.id = l.tag_id
GROUP BY a.id;
-- grouped
SELECT a.id, coalesce(g.tags, 0) AS tags, g.first
FROM plans_author AS a
LEFT JOIN (
  SELECT l.author_id, count(*) AS tags, min(t.name) AS first
  FROM plans_author_tags AS l JOIN plans_tag AS t ON t.id = l.tag_id GROUP BY l.author_id
) AS g ON g.author_id = a.id;
-- lateral: postgres mysql
SELECT a.id, g.tags, g.first
FROM plans_author AS a
CROSS JOIN LATERAL (
  SELECT count(*) AS tags, min(t.name) AS first
  FROM plans_author_tags AS l JOIN plans_tag AS t ON t.id = l.tag_id WHERE l.author_id = a.id
) AS g;
