-- Hours that came and to which somebody did not (A22, A23), of the 26 newest weeks that have meetings. One row a week and department, and
-- one a week with the department 'all'. An absence counts in the week of the hour that was missed, also where another was given afterwards.
-- Shares are in percent of the hours that came, held or missed, rounded as the service does. The same counts as in v2_attendance.
WITH first_week AS (
  SELECT min(week) AS week FROM (SELECT DISTINCT week FROM v2_tickets WHERE week IS NOT NULL ORDER BY week DESC LIMIT 26) AS newest
), by_department AS (
  SELECT week, department_code, sum(hours) AS hours, sum(citizen_absent) AS citizen_absent, sum(staff_absent) AS staff_absent
  FROM (
    SELECT week, department_code, count(*) AS hours, 0 AS citizen_absent, 0 AS staff_absent
    FROM v2_tickets
    WHERE held AND week >= (SELECT week FROM first_week)
    GROUP BY week, department_code
    UNION ALL
    SELECT from_week, department_code, count(*), count(*) FILTER (WHERE kind = 'citizen-absent'), count(*) FILTER (WHERE kind = 'staff-absent')
    FROM v2_ticket_changes
    WHERE kind IN ('citizen-absent', 'staff-absent') AND from_week >= (SELECT week FROM first_week)
    GROUP BY from_week, department_code
  ) AS held_or_missed
  GROUP BY week, department_code
), counted AS (
  SELECT week, department_code, CAST(hours AS integer) AS hours, CAST(citizen_absent AS integer) AS citizen_absent,
    CAST(staff_absent AS integer) AS staff_absent
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
