-- keys
SELECT t.id, t.name, l.author_id
FROM plans_author_tags AS l JOIN plans_tag AS t ON t.id = l.tag_id WHERE l.author_id :keys ORDER BY t.name, t.id;
-- parents joined
SELECT t.id, t.name, l.author_id
FROM plans_author AS a JOIN plans_author_tags AS l ON l.author_id = a.id JOIN plans_tag AS t ON t.id = l.tag_id
WHERE a.region = 7 ORDER BY t.name, t.id;
