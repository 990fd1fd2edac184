-- Exchange rates an administrator added to the table that comes with the house. Rows are appended; of one currency, day
-- and sort (a rate, or the average of a year) the newest row known at K counts.
-- per_usd: units of the currency for one dollar. kind: schemas.codes.RateKind; an average bears its year's last day.
CREATE TABLE desk.exchange_rate (
    currency VARCHAR NOT NULL,
    rate_date DATE NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('daily', 'month_end', 'quarter_end', 'annual_approximate', 'peg')),
    recorded_at TIMESTAMP NOT NULL,
    per_usd DECIMAL(18, 8) NOT NULL CHECK (per_usd > 0),
    source VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (currency, rate_date, kind, recorded_at)
);
