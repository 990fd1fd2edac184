"""Who counts as a distinct worker where nobody may be singled out? Stricter than scoring, which takes every report
without a reference for a worker of its own."""

# By reference within the partner; without one, one worker per partner, corridor, recruitment month, sex and age.
# The first letter keeps the two kinds apart. `reports` is the alias of evidence.report.
WORKER = """
CASE
    WHEN reports.worker_ref IS NOT NULL THEN 'r' || reports.worker_ref
    ELSE concat_ws(
        '|', 'a', reports.origin_country, reports.destination_country,
        coalesce(CAST(reports.recruited_month AS VARCHAR), ''), coalesce(reports.sex, ''),
        coalesce(CAST(reports.age_at_recruitment AS VARCHAR), '')
    )
END
"""
ALIKE = "a|"
