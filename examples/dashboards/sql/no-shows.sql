-- Hours that came and to which somebody did not (A22, A23), of the 26 newest weeks that have meetings. One row a week and department, and
-- one a week with the department 'all'. Shares are in percent of the hours that came, rounded as the service does.
WITH hours AS (
  SELECT week, department_code, citizen_absent, staff_absent
  FROM v2_tickets
  WHERE (held OR citizen_absent OR staff_absent)
    AND week >= (SELECT min(week) FROM (SELECT DISTINCT week FROM v2_tickets WHERE week IS NOT NULL ORDER BY week DESC LIMIT 26) AS newest)
), by_department AS (
  SELECT week, department_code, count(*) AS hours,
    count(*) FILTER (WHERE citizen_absent) AS citizen_absent, count(*) FILTER (WHERE staff_absent) AS staff_absent
  FROM hours
  GROUP BY week, department_code
), counted AS (
  SELECT week, department_code, hours, citizen_absent, staff_absent
  FROM by_department
  UNION ALL
  SELECT week, 'all', CAST(sum(hours) AS integer), CAST(sum(citizen_absent) AS integer), CAST(sum(staff_absent) AS integer)
  FROM by_department
  GROUP BY week
)
SELECT week, department_code, hours, citizen_absent, staff_absent,
  CASE
    WHEN citizen_absent < hours AND 2000 * citizen_absent + hours >= 2000 * hours THEN 99.9
    WHEN citizen_absent > 0 AND 2000 * citizen_absent < hours THEN 0.1
    ELSE (2000 * citizen_absent + hours) / (2 * hours) / 10.0
  END AS share_citizen_absent
FROM counted
ORDER BY week, department_code
