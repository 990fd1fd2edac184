-- What was paid and the monthly wage in dollars of the money date, made once at commit like the answers; NULL means
-- unknown. A rate stands there wherever the currency and a rate for it are known, with its day, source and kind.
ALTER TABLE evidence.report ADD COLUMN paid_usd DECIMAL(18, 4);
ALTER TABLE evidence.report ADD COLUMN paid_per_usd DECIMAL(18, 8);
ALTER TABLE evidence.report ADD COLUMN paid_rate_date DATE;
ALTER TABLE evidence.report ADD COLUMN paid_rate_source VARCHAR;
ALTER TABLE evidence.report ADD COLUMN paid_rate_kind VARCHAR;
ALTER TABLE evidence.report ADD COLUMN wage_usd DECIMAL(18, 4);
ALTER TABLE evidence.report ADD COLUMN wage_per_usd DECIMAL(18, 8);
ALTER TABLE evidence.report ADD COLUMN wage_rate_date DATE;
ALTER TABLE evidence.report ADD COLUMN wage_rate_source VARCHAR;
ALTER TABLE evidence.report ADD COLUMN wage_rate_kind VARCHAR;
