-- From the end of a meeting to the delivery of its resolution (Art. 7), by the week of the meeting, of the 26 newest weeks.
-- One row a week and department, and one a week with the department 'all'. Half of those delivered took no longer than the median.
-- Declared: only a person says that it was handed over.
WITH meetings AS (
  SELECT week, department_code, resolution_delivered_after_minutes AS minutes, resolution_grade
  FROM v2_tickets
  WHERE held
    AND week >= (SELECT min(week) FROM (SELECT DISTINCT week FROM v2_tickets WHERE week IS NOT NULL ORDER BY week DESC LIMIT 26) AS newest)
), in_order AS (
  SELECT week, department_code, minutes, resolution_grade,
    row_number() OVER (PARTITION BY week, department_code ORDER BY CASE WHEN minutes IS NULL THEN 1 ELSE 0 END, minutes) AS place,
    count(minutes) OVER (PARTITION BY week, department_code) AS delivered
  FROM (
    SELECT week, department_code, minutes, resolution_grade FROM meetings
    UNION ALL
    SELECT week, 'all', minutes, resolution_grade FROM meetings
  ) AS meetings_and_all
)
SELECT week, department_code,
  count(*) AS held,
  count(minutes) AS delivered,
  count(*) FILTER (WHERE resolution_grade = 'declared') AS delivered_declared,
  count(*) FILTER (WHERE minutes <= 120) AS within_2_hours,
  count(*) FILTER (WHERE minutes > 120 AND minutes <= 1440) AS within_1_day,
  count(*) FILTER (WHERE minutes > 1440 AND minutes <= 4320) AS within_3_days,
  count(*) FILTER (WHERE minutes > 4320) AS later,
  count(*) FILTER (WHERE minutes IS NULL) AS not_yet,
  avg(minutes) FILTER (WHERE place IN ((delivered + 1) / 2, (delivered + 2) / 2)) AS median_minutes
FROM in_order
GROUP BY week, department_code
ORDER BY week, department_code
