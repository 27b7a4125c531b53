-- window
SELECT d.id, d.author_id, d.place
FROM (SELECT r.id, r.author_id, rank() OVER (PARTITION BY r.author_id ORDER BY r.stars DESC) AS place FROM plans_review AS r) AS d
WHERE d.place = 1;
-- grouped
SELECT r.id, r.author_id, 1 AS place
FROM plans_review AS r
JOIN (SELECT author_id, max(stars) AS stars FROM plans_review GROUP BY author_id) AS g ON g.author_id = r.author_id AND g.stars = r.stars;
