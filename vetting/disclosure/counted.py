"""Which reports count?"""

COUNTED = """
kinds AS (
    SELECT partner, kind
    FROM desk.partner
    WHERE recorded_at <= $known_at
    QUALIFY row_number() OVER (PARTITION BY partner ORDER BY recorded_at DESC) = 1
), present AS (
    SELECT reports.*, batches.recorded_at
    FROM evidence.report AS reports
    JOIN desk.batch AS batches ON batches.batch_id = reports.batch_id AND batches.recorded_at <= $known_at
    ANTI JOIN (SELECT batch_id FROM desk.batch_withdrawal WHERE recorded_at <= $known_at) AS gone
        ON gone.batch_id = reports.batch_id
    QUALIFY row_number() OVER (PARTITION BY reports.partner, reports.report_id ORDER BY batches.recorded_at DESC) = 1
), counted AS (
    SELECT present.*
    FROM present
    JOIN kinds ON kinds.partner = present.partner AND kinds.kind NOT IN ('agency', 'employer')
    WHERE interview_date > CAST(CAST($as_of AS DATE) - INTERVAL 24 MONTH AS DATE) AND interview_date <= $as_of
        AND (window_month IS NULL OR window_month > CAST(CAST($as_of AS DATE) - INTERVAL 60 MONTH AS DATE)
             AND window_month <= $as_of)
)
"""
