-- Of the meetings that were held online, the share of which there is a recording (Art. 5), of the 26 newest weeks that have meetings.
-- One row a week and department, and one a week with the department 'all'. Observed: the video service has confirmed it; declared: a
-- person says so. Rounded as the service does: what misses the whole by little is not a hundred, and little is not nothing.
WITH by_department AS (
  SELECT week, department_code, count(*) FILTER (WHERE held_online) AS held_online, count(*) FILTER (WHERE recorded) AS recorded,
    count(*) FILTER (WHERE recorded_grade = 'observed') AS recorded_observed,
    count(*) FILTER (WHERE recorded_grade = 'declared') AS recorded_declared
  FROM v2_tickets
  WHERE week >= (SELECT min(week) FROM (SELECT DISTINCT week FROM v2_tickets WHERE week IS NOT NULL ORDER BY week DESC LIMIT 26) AS newest)
  GROUP BY week, department_code
), counted AS (
  SELECT week, department_code, held_online, recorded, recorded_observed, recorded_declared
  FROM by_department
  UNION ALL
  SELECT week, 'all', CAST(sum(held_online) AS integer), CAST(sum(recorded) AS integer), CAST(sum(recorded_observed) AS integer),
    CAST(sum(recorded_declared) AS integer)
  FROM by_department
  GROUP BY week
)
SELECT week, department_code, held_online, recorded, recorded_observed, recorded_declared,
  CASE
    WHEN recorded < held_online AND 2000 * recorded + held_online >= 2000 * held_online THEN 99.9
    WHEN recorded > 0 AND 2000 * recorded < held_online THEN 0.1
    ELSE (2000 * recorded + held_online) / (2 * held_online) / 10.0
  END AS share_recorded
FROM counted
WHERE held_online > 0
ORDER BY week, department_code
