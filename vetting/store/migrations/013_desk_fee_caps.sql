-- Legal rules on fees an administrator added to the reference (schemas/reference/fee_caps.csv), or put in the place of
-- one of them. Rows are appended; of a rule the newest row known at K counts. Columns: schemas.fee_cap.FeeCap;
-- `includes` holds cost codes with '|' between.
CREATE TABLE desk.fee_cap (
    rule VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    origin VARCHAR NOT NULL,
    destination VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('zero', 'amount', 'months_wage', 'per_job_order', 'prohibited_dest')),
    amount DECIMAL(18, 4),
    unit VARCHAR NOT NULL CHECK (unit IN ('once', 'per_12_months', 'monthly')),
    maximum DECIMAL(18, 4),
    currency VARCHAR,
    valid_from DATE,
    valid_to DATE,
    in_force_by DATE,
    cap_scope VARCHAR NOT NULL CHECK (cap_scope IN ('service_charge', 'total_cost', 'monthly_fee')),
    includes VARCHAR NOT NULL,
    binds VARCHAR,
    confidence VARCHAR NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    source VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (rule, recorded_at)
);
